import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { canonicalFacts, type AuthoringProject, type ScratchPool } from '@yama/authoring'
import { YamaError, type Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import type { AnyFact, FactBase, SchemaDialect } from '@yama/schema'
import { yamlEntities } from '@yama/source-yaml'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './prove-pair.ts'
import { randomNeighbours, neighbourhoodText, type Neighbourhood } from './random-neighbours.ts'

const SEED = 20_261_121
const RUNS = Number(process.env['YAMA_PART_RUNS'] ?? 30)
const scope = { schemas: [], include: [], exclude: [] }
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const places = [
  { name: 'SQLite', parts: false, dialect: sqlite({ url: 'sqlite::memory:' }), options: {} },
  server === undefined
    ? { name: 'PGlite', parts: true, dialect: pglite({ url: 'pglite:memory' }), options: {} }
    : { name: server.name, parts: true, dialect: postgres({ url: server.url }), options: { allowUrl: server.url } },
  ...(await mysqlTargets()).map(({ name, url }) => ({
    name,
    parts: true,
    dialect: url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }),
    options: { allowUrl: url },
  })),
]

describe.each(places)('entities built in part on $name', ({ parts, dialect, options }) => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-part-'))
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(dialect, options)
  })
  afterAll(async () => {
    await bench.second[Symbol.asyncDispose]()
    await bench.first[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })

  // A table takes MySQL and MariaDB ten times as long.
  const runs = dialect.kind === 'mysql' || dialect.kind === 'mariadb' ? Math.ceil(RUNS / 10) : RUNS
  test(`are what they are as a whole: ${runs} neighbours, seed ${SEED}`, { timeout: 600_000 }, async () => {
    let inPart = 0
    const property = fc.asyncProperty(randomNeighbours, async ({ a, b }) => {
      const cacheDirectory = join(directory, 'cache')
      rmSync(cacheDirectory, { recursive: true, force: true })
      const project = projectOf(dialect, directory, cacheDirectory)
      if (typeof (await canonical(project, bench, a)) === 'string') return
      const part = await canonical(project, bench, b)
      if (readdirSync(cacheDirectory).some((name) => name.startsWith('entities-part-'))) inPart++
      expect(part).toEqual(await canonical({ ...project, whole: true }, bench, b))
    })
    await fc.assert(property, { seed: SEED, numRuns: runs })
    // A test of parts must have had some.
    if (parts) expect(inPart).toBeGreaterThan(runs / 6)
    else expect(inPart).toBe(0)
  })
})

interface Printed {
  readonly facts: readonly AnyFact[]
  readonly unmanaged: FactBase['unmanaged']
}

function projectOf(dialect: Dialect, directory: string, cacheDirectory: string): AuthoringProject {
  const entities = yamlEntities({ directory, root: directory })
  return {
    root: directory,
    migrationsDirectory: directory,
    dialect,
    migrations: { load: () => Promise.resolve([]) } as unknown as AuthoringProject['migrations'],
    entities,
    entitiesAt: () => entities,
    entitiesDirectory: '.',
    scope,
    scratch: { setup: [] },
    cacheDirectory,
    notice: () => undefined,
  }
}

/** The canonical facts, or what the server says to them. */
async function canonical(project: AuthoringProject, { dialect, first }: Bench, model: Neighbourhood): Promise<Printed | string> {
  const directory = join(project.root, 'schema')
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'all.yaml'), neighbourhoodText(model, dialect.kind))
  const { desired } = await yamlEntities({ directory, root: directory }).load({ dialect })
  try {
    const { facts, unmanaged } = await canonicalFacts(project, desired, emptied(dialect, first))
    return { facts: [...facts.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1)), unmanaged }
  } catch (error) {
    if (YamaError.is(error)) return error.message
    throw error
  }
}

/** One database, emptied whenever it is taken. */
function emptied(dialect: SchemaDialect, scratch: Bench['first']): ScratchPool {
  return {
    take: async () => {
      await dialect.clear(scratch.connection, scope)
      return scratch
    },
    description: () => scratch.description,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
