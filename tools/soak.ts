/*
 * `pnpm soak [--pairs N] [--seed N] [--only sqlite|postgres|mariadb|mysql] [--objects] [--write]`: thousands of random schema pairs on each dialect.
 * `--objects` takes schemas of every kind of object instead of those that entities say portably. With `--write` the part of each database goes to
 * docs/reference/soak.md.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { mariadb, mysql } from '@yama/mysql'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { openBench, provePair, type Bench } from '../test/property/prove-pair.ts'
import { proveObjects } from '../test/property/prove-objects.ts'
import { randomPair } from '../test/property/random-entities.ts'
import { randomObjects } from '../test/property/random-objects.ts'
import { soakPage } from './soak-report.ts'

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '2000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    objects: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
})
const pairs = Number(values.pairs)
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const places = [
  { key: 'sqlite', name: 'SQLite', dialect: sqlite({ url: 'sqlite::memory:' }), options: {} },
  ...(server === undefined
    ? []
    : [{ key: 'postgres', name: server.name, dialect: postgres({ url: server.url }), options: { allowUrl: server.url } }]),
  ...(await mysqlTargets()).map(({ name, url }) => {
    const isMaria = url.startsWith('mariadb:')
    return { key: isMaria ? 'mariadb' : 'mysql', name, dialect: isMaria ? mariadb({ url }) : mysql({ url }), options: { allowUrl: url } }
  }),
].filter(({ key }) => values.only === undefined || values.only === key)
type Place = (typeof places)[number]

interface Tally {
  readonly name: string
  readonly pairs: number
  readonly seed: number
  proved: number
  equal: number
  readonly failed: string[]
  seconds: number
}

async function once(place: Place, bench: Bench, seed: number, directory: string): Promise<'proved' | 'equal'> {
  if (values.objects) {
    const [pair] = fc.sample(randomObjects, { seed, numRuns: 1 })
    return pair === undefined ? 'equal' : await proveObjects(bench, pair, place.dialect, join(directory, 'entities'))
  }
  const [pair] = fc.sample(randomPair, { seed, numRuns: 1 })
  return pair === undefined ? 'equal' : await provePair(bench, pair, directory)
}

async function soak(place: Place): Promise<Tally> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-soak-'))
  const bench = await openBench(place.dialect, place.options)
  const tally: Tally = { name: place.name, pairs, seed: first, proved: 0, equal: 0, failed: [], seconds: 0 }
  const started = performance.now()
  try {
    for (let index = 0; index < pairs; index += 1) {
      const seed = first + index
      try {
        tally[await once(place, bench, seed, directory)] += 1
      } catch (error) {
        tally.failed.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
        process.stderr.write(`${place.name}: ${tally.failed.at(-1)?.slice(0, 1500) ?? ''}\n`)
      }
      if (index % 50 === 49) process.stderr.write(`${place.name}: ${index + 1}/${pairs}, ${tally.failed.length} failed\n`)
    }
  } finally {
    await bench.second[Symbol.asyncDispose]()
    await bench.first[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  }
  tally.seconds = Math.round((performance.now() - started) / 1000)
  return tally
}

const page = join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'soak.md')
const tallies: Tally[] = []
for (const place of places) {
  const tally = await soak(place)
  tallies.push(tally)
  if (values.write) writeFileSync(page, soakPage(readFileSync(page, 'utf8'), tally, values.objects ? 'objects' : 'entities'))
}
for (const { name, failed, proved, equal, seconds } of tallies) {
  process.stdout.write(`${name}: ${proved} proved, ${equal} equal from the start, ${failed.length} failed, ${seconds} s\n`)
  for (const failure of failed) process.stdout.write(`${name}: ${failure}\n`)
}
if (tallies.some(({ failed }) => failed.length > 0)) process.exitCode = 1
