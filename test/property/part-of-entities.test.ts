import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { canonicalFacts, type AuthoringProject, type ScratchPool } from '@yama/authoring'
import { YamaError, type Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { factBase, sameValue, type AnyFact, type FactBase, type FactId, type SchemaDialect } from '@yama/schema'
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

  test.each(['damaged', 'missing'] as const)(
    'are what they are as a whole where the last build is %s',
    { timeout: 120_000 },
    async (harm) => {
      const cacheDirectory = join(directory, 'cache')
      for (const { a, b } of fc.sample(randomNeighbours, { seed: SEED, numRuns: Math.ceil(runs / 6) })) {
        rmSync(cacheDirectory, { recursive: true, force: true })
        const project = projectOf(dialect, directory, cacheDirectory)
        if (typeof (await canonical(project, bench, a)) === 'string') continue
        const kept = readdirSync(cacheDirectory).filter((name) => name.startsWith('entities-') && name.endsWith('.facts'))
        expect(kept.length > 0 || !parts).toBe(true)
        for (const name of kept) {
          if (harm === 'missing') rmSync(join(cacheDirectory, name))
          else writeFileSync(join(cacheDirectory, name), 'no facts')
        }
        expect(await canonical(project, bench, b)).toEqual(await canonical({ ...project, whole: true }, bench, b))
      }
    },
  )

  test(`beside a history are what they are as a whole: ${runs} neighbours, seed ${SEED}`, { timeout: 600_000 }, async () => {
    let inPart = 0
    const property = fc.asyncProperty(randomNeighbours, async ({ a, b }) => {
      const cacheDirectory = join(directory, 'cache')
      rmSync(cacheDirectory, { recursive: true, force: true })
      const project = projectOf(dialect, directory, cacheDirectory)
      const whole = { ...project, whole: true }
      const stated = await loaded(project, a, bench.dialect)
      const history = await build(whole, stated, bench)
      if (typeof history === 'string') return
      rmSync(cacheDirectory, { recursive: true, force: true })
      mkdirSync(cacheDirectory)
      const desired = keepPrinted(await loaded(project, b, bench.dialect), stated, history)
      const part = await build(project, desired, bench, history)
      if (readdirSync(cacheDirectory).some((name) => name.startsWith('entities-part-'))) inPart++
      expect(printed(part)).toEqual(printed(await build(whole, desired, bench)))
    })
    await fc.assert(property, { seed: SEED, numRuns: runs })
    if (parts) expect(inPart).toBeGreaterThan(runs / 6)
    else expect(inPart).toBe(0)
  })
})

/** The entities as `pull` would have written them from the history: what did not change since stands there as the server prints it. */
function keepPrinted(desired: FactBase, before: FactBase, history: FactBase): FactBase {
  const [groups, old] = [groupsOf(desired), groupsOf(before)]
  const found = groupsOf(history)
  const facts = [...groups].flatMap(([root, group]) => {
    const had = old.get(root)
    const same = had !== undefined && had.length === group.length && had.every((fact, at) => sameValue(fact.payload, group[at]?.payload))
    return (same ? found.get(root) : undefined) ?? group
  })
  return factBase(desired.tag, facts)
}

function groupsOf(base: FactBase): ReadonlyMap<FactId, readonly AnyFact[]> {
  const groups = new Map<FactId, AnyFact[]>()
  for (const fact of base.facts.values()) {
    let root = fact.id
    for (let parent = fact.parent; parent !== undefined; parent = base.facts.get(parent)?.parent) root = parent
    groups.set(root, [...(groups.get(root) ?? []), fact])
  }
  return groups
}

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

async function canonical(project: AuthoringProject, bench: Bench, model: Neighbourhood): Promise<Printed | string> {
  return printed(await build(project, await loaded(project, model, bench.dialect), bench))
}

const printed = (built: FactBase | string): Printed | string =>
  typeof built === 'string'
    ? built
    : { facts: [...built.facts.values()].toSorted((one, other) => (one.id < other.id ? -1 : 1)), unmanaged: built.unmanaged }

async function loaded(project: AuthoringProject, model: Neighbourhood, dialect: SchemaDialect): Promise<FactBase> {
  const directory = join(project.root, 'schema')
  rmSync(directory, { recursive: true, force: true })
  mkdirSync(directory, { recursive: true })
  writeFileSync(join(directory, 'all.yaml'), neighbourhoodText(model, dialect.kind))
  return (await yamlEntities({ directory, root: directory }).load({ dialect })).desired
}

/** The canonical facts, or what the server says to them. */
async function build(
  project: AuthoringProject,
  desired: FactBase,
  { dialect, first }: Bench,
  history?: FactBase,
): Promise<FactBase | string> {
  try {
    return await canonicalFacts(
      project,
      desired,
      emptied(dialect, first),
      history === undefined ? undefined : { facts: () => Promise.resolve(history), isCached: true },
    )
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
