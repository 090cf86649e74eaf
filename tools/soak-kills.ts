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

interface Result {
  readonly name: string
  readonly seconds: number
  readonly tally: KillTally
}

async function soak(arena: Arena): Promise<Result> {
  const started = performance.now()
  const told = (done: number, { failures }: KillTally): void => {
    if (done % 100 === 0) process.stderr.write(`${arena.name}: ${done}/${count}, ${failures.length} failed\n`)
  }
  const tally = await randomKills(arena, { first, count, told })
  return { name: arena.name, tally, seconds: Math.round((performance.now() - started) / 1000) }
}

const head = `<!-- Written by \`pnpm soak:kills --write\`. -->
# Killed runs

Five migrations, of every shape in which one can commit, are applied by a run that is killed at a random exchange with the database: before it, during it or
after it; now and then twice. One in five is a process that gets SIGKILL; of the others the connections are cut, which is what a server sees of the same, or the server ends the sessions; of
a database that is files, those of that moment are kept. Now and then it is every process of the server. The next run must
end with the schema and the rows of an undisturbed run, each migration applied once, and an unbroken log.
A failure prints its seed: \`pnpm soak:kills --kills 1 --seed SEED --only DATABASE\`.

2 vCPU that other work kept busy, \`pnpm soak:kills --kills RUNS --seed SEED --only DATABASE --write\`

| Database | Runs | Seed | Kills | Of them servers | Over before the kill | Failed | Seconds | Date |
|---|---|---|---|---|---|---|---|---|
`
const rowOf = ({ name, seconds, tally }: Result): string =>
  `| ${name} | ${count} | ${first} | ${tally.kills} | ${tally.servers} | ${tally.survived} | ${tally.failures.length} | ${seconds} | ${new Date().toISOString().slice(0, 10)} |`

const results: Result[] = []
async function measure(arena: Arena): Promise<void> {
  const result = await soak(arena)
  results.push(result)
  process.stdout.write(`${rowOf(result)}\n`)
  for (const failure of result.tally.failures) process.stdout.write(`${result.name}: ${failure}\n`)
  // A long run that is stopped keeps what it has.
  if (values.write) writePageOfRows(page, head, new Map([[result.name, rowOf(result)]]))
}

const page = join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'killed-runs.md')
const wanted = (name: string): boolean => values.only === undefined || values.only === name.toLowerCase()
for (const kind of ['sqlite', 'pglite'] as const) {
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
process.exit(results.some(({ tally }) => tally.failures.length > 0) ? 1 : 0)
