// `pnpm soak:kills [--kills N] [--seed N] [--only sqlite|pglite|postgresql|mariadb|mysql] [--write]`: runs that are killed at random points, clients
// and whole servers, on each database; every next run must end where an undisturbed one does.
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { fileArena, type Arena } from '../test/recovery/arena.ts'
import { ownServers, startOwn, type OwnArena } from '../test/recovery/own-servers.ts'
import { randomKills, type KillTally } from '../test/recovery/random-kill.ts'
import { writePageOfRows } from './page-of-rows.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '2000' },
    seed: { type: 'string' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
  },
})
const count = Number(values.kills)
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed)
process.stderr.write(`seeds ${first} to ${first + count - 1}\n`)

const head = `<!-- Written by \`pnpm soak:kills --write\`. -->
# Killed runs

Migrations of every shape in which one can commit are applied by a run that is killed at a random exchange with the database: before it, during it or
after it; now and then twice. One in five is a process that gets SIGKILL; of the others the connections are cut, which is what a server sees of the same, or the server ends the sessions; of
a database that is files, those of that moment are kept. Now and then it is every process of the server. The next run must
end with the schema and the rows of an undisturbed run, each migration applied once, and an unbroken log.
A failure prints its seed: \`pnpm soak:kills --kills 1 --seed SEED --only DATABASE\`.

2 vCPU that other work kept busy, \`pnpm soak:kills --kills RUNS --seed SEED --only DATABASE --write\`

| Database | Runs | Seed | Kills | Of them servers | Over before the kill | Failed | Seconds | Date |
|---|---|---|---|---|---|---|---|---|
`
const rowOf = (name: string, done: number, { kills, servers, survived, failures }: KillTally, seconds: number): string =>
  `| ${name} | ${done} | ${first} | ${kills} | ${servers} | ${survived} | ${failures.length} | ${seconds} | ${new Date().toISOString().slice(0, 10)} |`

let failed = 0
async function measure(arena: Arena): Promise<void> {
  const started = performance.now()
  const write = (done: number, tally: KillTally): string => {
    const row = rowOf(arena.name, done, tally, Math.round((performance.now() - started) / 1000))
    if (values.write) writePageOfRows(page, head, new Map([[arena.name, row]]))
    return row
  }
  // A long run that is stopped keeps what it has.
  const told = (done: number, tally: KillTally): void => {
    if (done % 100 !== 0) return
    process.stderr.write(`${arena.name}: ${done}/${count}, ${tally.failures.length} failed\n`)
    write(done, tally)
  }
  const tally = await randomKills(arena, { first, count, told })
  process.stdout.write(`${write(count, tally)}\n`)
  for (const failure of tally.failures) process.stdout.write(`${arena.name}: ${failure}\n`)
  failed += tally.failures.length
}

const page = join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'killed-runs.md')
const wanted = (name: string): boolean => values.only === undefined || values.only === name.toLowerCase()
const files = ['sqlite', 'pglite'] as const
if (![...files, ...ownServers].some(wanted)) {
  process.stderr.write(`No such database: ${values.only ?? ''}. There are ${[...files, ...ownServers].join(', ').toLowerCase()}.\n`)
  process.exit(1)
}
for (const kind of files) {
  if (!wanted(kind)) continue
  const arena = fileArena(kind)
  await measure(arena)
  await arena.close()
}
for (const name of ownServers.filter(wanted)) {
  const arena: OwnArena | undefined = await startOwn(name)
  if (arena === undefined) continue
  try {
    await measure(arena)
  } finally {
    await arena.stop()
  }
}
process.exit(failed > 0 ? 1 : 0)
