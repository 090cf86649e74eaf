import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openBench, provePair, type Bench } from './prove-pair.ts'
import { randomPair } from './random-entities.ts'

const SEED = 20_261_121
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const places = [
  { name: 'SQLite', runs: 60, open: () => openBench(sqlite({ url: 'sqlite::memory:' })) },
  server === undefined
    ? { name: 'PGlite', runs: 12, open: () => openBench(pglite({ url: 'pglite:memory' })) }
    : { name: server.name, runs: 40, open: () => openBench(postgres({ url: server.url }), { allowUrl: server.url }) },
  ...(await mysqlTargets()).map(({ name, url }) => ({
    name,
    runs: 20,
    open: () => openBench(url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }), { allowUrl: url }),
  })),
]

describe.each(places)('any schema to any other, with rows, and back, on $name', ({ runs, open }) => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-property-'))
  let bench: Bench
  beforeAll(async () => {
    bench = await open()
  })
  afterAll(async () => {
    await bench.second[Symbol.asyncDispose]()
    await bench.first[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  })

  test(`${runs} pairs, seed ${SEED}`, { timeout: 300_000 }, async () => {
    let proved = 0
    const property = fc.asyncProperty(randomPair, async (pair) => {
      if ((await provePair(bench, pair, directory)) === 'proved') proved += 1
    })
    await fc.assert(property, { seed: SEED, numRuns: runs })
    expect(proved).toBeGreaterThan(runs / 2)
  })
})
