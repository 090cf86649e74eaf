import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBench, type Bench } from './prove-pair.ts'
import { proveObjects } from './prove-objects.ts'
import { randomObjects } from './random-objects.ts'

const SEED = 20_261_129
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const places = [
  { name: 'SQLite', runs: 60, dialect: sqlite({ url: 'sqlite::memory:' }), options: {} },
  ...(server === undefined
    ? []
    : [{ name: server.name, runs: 10, dialect: postgres({ url: server.url }), options: { allowUrl: server.url } }]),
  ...(await mysqlTargets()).map(({ name, url }) => ({
    name,
    runs: 8,
    dialect: url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }),
    options: { allowUrl: url },
  })),
]

/** `pnpm soak --objects` takes thousands. */
describe.each(places)('every kind of object, from one schema to any other and back, on $name', ({ runs, dialect, options }) => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-objects-'))
  let bench: Bench
  beforeAll(async () => {
    bench = await openBench(dialect, options)
  })
  afterAll(async () => {
    await bench.second[Symbol.asyncDispose]()
    await bench.first[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })

  test(`${runs} pairs, seed ${SEED}`, { timeout: 300_000 }, async () => {
    let proved = 0
    const property = fc.asyncProperty(randomObjects, async (pair) => {
      if ((await proveObjects(bench, pair, dialect, join(directory, 'entities'))) === 'proved') proved += 1
    })
    await fc.assert(property, { seed: SEED, numRuns: runs })
    expect(proved).toBeGreaterThan(runs / 2)
  })
})
