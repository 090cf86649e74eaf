// `pnpm soak [--pairs N] [--seed N] [--only sqlite|postgres]`: thousands of random schema pairs on each dialect; the result goes to docs/reference/soak.md.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import fc from 'fast-check'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { postgresTargets } from '@yama/testkit'
import { openBench, provePair } from '../test/property/prove-pair.ts'
import { randomPair } from '../test/property/random-entities.ts'

const { values } = parseArgs({
  options: {
    pairs: { type: 'string', default: '2000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const pairs = Number(values.pairs)
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const server = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const places = [
  { key: 'sqlite', name: 'SQLite', open: () => openBench(sqlite({ url: 'sqlite::memory:' })) },
  ...(server === undefined
    ? []
    : [{ key: 'postgres', name: server.name, open: () => openBench(postgres({ url: server.url }), { allowUrl: server.url }) }]),
].filter(({ key }) => values.only === undefined || values.only === key)

interface Tally {
  readonly name: string
  proved: number
  equal: number
  readonly failed: string[]
  seconds: number
}

async function soak(place: (typeof places)[number]): Promise<Tally> {
  const directory = mkdtempSync(join(tmpdir(), 'yama-soak-'))
  const bench = await place.open()
  const tally: Tally = { name: place.name, proved: 0, equal: 0, failed: [], seconds: 0 }
  const started = performance.now()
  try {
    for (let index = 0; index < pairs; index += 1) {
      const seed = first + index
      const [pair] = fc.sample(randomPair, { seed, numRuns: 1 })
      if (pair === undefined) continue
      try {
        tally[await provePair(bench, pair, directory)] += 1
      } catch (error) {
        tally.failed.push(`seed ${seed}: ${error instanceof Error ? error.message : String(error)}`)
      }
      if (index % 100 === 99) process.stderr.write(`${place.name}: ${index + 1}/${pairs}, ${tally.failed.length} failed\n`)
    }
  } finally {
    await bench.second[Symbol.asyncDispose]()
    await bench.first[Symbol.asyncDispose]()
    rmSync(directory, { recursive: true, force: true })
  }
  tally.seconds = Math.round((performance.now() - started) / 1000)
  return tally
}

const tallies: Tally[] = []
for (const place of places) tallies.push(await soak(place))
const rows = tallies.map(
  ({ name, proved, equal, failed, seconds }) => `| ${name} | ${pairs} | ${proved} | ${equal} | ${failed.length} | ${seconds} |`,
)
const page = `<!-- Written by \`pnpm soak --write\`. -->
# Random schemas

Two random schemas over the same names, from entities: A is built, A → B and B → A are planned, three rows stand in each table where they can.
After Up the server prints exactly B, the rows are there wherever nothing is said to be lost, and after Down it prints exactly A.
A failure prints its seed: \`pnpm soak --pairs 1 --seed SEED\`.

${new Date().toISOString().slice(0, 10)}, 2 vCPU, \`pnpm soak --pairs ${pairs} --seed ${first}\`

| Database | Pairs | Proved | Equal from the start | Failed | Seconds |
|---|---|---|---|---|---|
${rows.join('\n')}
`
process.stdout.write(page)
for (const { name, failed } of tallies) for (const failure of failed) process.stdout.write(`${name}: ${failure}\n`)
if (values.write) writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'soak.md'), page)
if (tallies.some(({ failed }) => failed.length > 0)) process.exitCode = 1
