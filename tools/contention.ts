// `pnpm soak:contention [--runners N] [--rounds N] [--seed N] [--only NAME] [--write]`: many runs of the built command at once on an empty database,
// on each dialect and through PgBouncer, without and with kills; the result goes to docs/reference/contention.md.
import { writeFileSync } from 'node:fs'
import { cpus } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { flaws, type ContentionResult } from '../test/contention/contend.ts'
import { contendOn, contentionPlaces } from '../test/contention/contention-places.ts'

const { values } = parseArgs({
  options: {
    runners: { type: 'string', default: '32' },
    migrations: { type: 'string', default: '100' },
    kills: { type: 'string', default: '12' },
    rounds: { type: 'string', default: '3' },
    seed: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const runners = Number(values.runners)
const migrations = Number(values.migrations)
const rounds = Number(values.rounds)
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
const places = (await contentionPlaces()).filter(({ name }) => values.only === undefined || name.includes(values.only))

const rows: string[] = []
const failed: string[] = []
for (const place of places) {
  for (const kills of [0, Number(values.kills)]) {
    const results: ContentionResult[] = []
    let wrong = 0
    for (let round = 0; round < rounds; round++) {
      const seed = first + round
      const { contention, result } = await contendOn(place, { runners, migrations, kills, seed })
      const found = flaws(result, contention)
      results.push(result)
      if (found.length > 0) wrong++
      for (const flaw of found) failed.push(`${place.name}, ${String(kills)} kills, seed ${String(seed)}: ${flaw}`)
      process.stderr.write(
        `${place.name}: ${String(kills)} kills, seed ${String(seed)}, ${String(result.killed)} died, ${String(result.takeovers)} takeovers, ${String(result.seconds)} s, ${found.length === 0 ? 'all well' : found.join('; ')}\n`,
      )
    }
    const sum = (of: (result: ContentionResult) => number): number => results.reduce((total, result) => total + of(result), 0)
    const seconds = Math.max(...results.map((result) => result.seconds))
    rows.push(
      `| ${place.name} | ${String(kills)} | ${String(rounds)} | ${String(sum(({ killed }) => killed))} | ${String(sum(({ takeovers }) => takeovers))} | ${String(wrong)} | ${String(seconds)} |`,
    )
  }
}
const page = `<!-- Written by \`pnpm soak:contention --write\`. -->
# Many runs at once

${String(runners)} processes of \`yama up\`, started together on an empty database with ${String(migrations)} migrations; in half of the rounds whoever
holds the lock is killed with SIGKILL at a moment that the seed chooses, so many times, and one more run follows. A round is right when every migration took effect once (each writes a
row, and on PostgreSQL one index is built \`CONCURRENTLY\` while the others wait), is recorded once, the chain of events holds, nothing is pending, and every runner that was
not killed ended with exit code 0. PGlite has one process; a second one is refused.

${new Date().toISOString().slice(0, 10)}, ${String(cpus().length)} vCPU, \`pnpm soak:contention --rounds ${String(rounds)} --seed ${String(first)}\`

| Database | Kills | Rounds | Died before their end | Takeovers | Wrong rounds | Slowest, s |
|---|---|---|---|---|---|---|
${rows.join('\n')}
`
process.stdout.write(page)
for (const failure of failed) process.stdout.write(`${failure}\n`)
if (values.write) writeFileSync(join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'contention.md'), page)
if (failed.length > 0) process.exitCode = 1
