// `pnpm soak:migrations [--count N] [--only sqlite|pglite|postgresql|mariadb|mysql] [--write]`: so many migrations up, all of them down, and up again,
// on each database in a process of its own; the time of each tenth and the memory after it. The result goes to docs/reference/long-history.md.
import { spawn } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { fileArena, serverArena, type Arena } from '../test/recovery/arena.ts'
import { writePageOfRows } from './page-of-rows.ts'
import { LEGS, longHistory, type LegName, type LongHistory } from '../test/history/long-history.ts'

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    only: { type: 'string' },
    write: { type: 'boolean', default: false },
    child: { type: 'string' },
  },
})
const count = Number(values.count)

/** The child: one database, and its measures as JSON on the standard output. */
if (values.child !== undefined) {
  const result = await longHistory(values.child, count, (line) => process.stderr.write(`${line}\n`))
  process.stdout.write(JSON.stringify(result))
  process.exit(0)
}

function measure(arena: Arena): Promise<LongHistory> {
  return new Promise((done, fail) => {
    const own = [...process.execArgv, '--expose-gc', import.meta.filename, '--count', String(count), '--child', arena.url]
    const child = spawn(process.execPath, own, { stdio: ['ignore', 'pipe', 'inherit'] })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text))
    child.once('error', fail)
    child.once('close', (code) => (code === 0 ? done(JSON.parse(output) as LongHistory) : fail(new Error(`${arena.name}: exit ${code}`))))
  })
}

const random = `yama_long_${String(process.pid)}`
const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())]
const arenas: readonly Arena[] = [
  fileArena('sqlite'),
  ...(await Promise.all(servers.map(({ name, url }) => serverArena(name, url, random)))),
  fileArena('pglite'),
].filter(({ name }) => values.only === undefined || name.toLowerCase().includes(values.only))

const rows = new Map<string, string>()
const wrong: string[] = []
/** How much longer the last tenth took than the median one: 1.0 is a straight line. */
function bend({ legs }: LongHistory, leg: LegName): string {
  const { tenths } = legs[leg]
  const median = tenths.toSorted((a, b) => a - b)[Math.floor(tenths.length / 2)] ?? 0
  return `× ${((tenths.at(-1) ?? 0) / median).toFixed(1)}`
}

const head = `<!-- Written by \`pnpm soak:migrations --write\`. -->
# A long history

${count.toLocaleString('en')} migrations up, all of them down, and up again. One in ten makes a table, one adds a column, one an index, the others write a row; each has a way back.
Right is: everything is applied, everything is gone, everything is applied again, and the log of all three is unbroken and says what the state says.

Times are seconds of the whole leg; behind them stands how much longer its last tenth took than its median tenth: a straight line is × 1.0. Memory is of the
process, in MB: resident after the first tenth of the first leg and at most in all three, and what JavaScript holds before the first leg and after the last. The migrations themselves,
${count.toLocaleString('en')} objects with their texts, are in memory throughout.

${String(cpus().length)} vCPU, \`pnpm soak:migrations --count ${String(count)} --write\`; the load average when each began is beside its date

| Database | Up | Down | Up again | Resident, first tenth | Resident, most | Heap before | Heap after | Load | Date |
|---|---|---|---|---|---|---|---|---|---|
`

for (const arena of arenas) {
  await arena.reset()
  const load = loadavg()[0] ?? 0
  try {
    const result = await measure(arena)
    const cells = LEGS.map((leg) => `${result.legs[leg].seconds.toFixed(1)} (${bend(result, leg)})`)
    const memory = [result.rssFirstTenth, result.rssPeak, result.heapStart, result.heapEnd].map((mb) => String(Math.round(mb)))
    const row = `| ${arena.name} | ${cells.join(' | ')} | ${memory.join(' | ')} | ${load.toFixed(1)} | ${new Date().toISOString().slice(0, 10)} |`
    process.stdout.write(`${row}\n`)
    rows.set(arena.name, row)
    for (const flaw of result.wrong) wrong.push(`${arena.name}: ${flaw}`)
  } catch (error) {
    wrong.push(`${arena.name}: ${error instanceof Error ? error.message : String(error)}`)
  }
  await arena.close()
  // A long run that is stopped keeps what it has.
  if (values.write) writePageOfRows(join(resolve(import.meta.dirname, '..'), 'docs', 'reference', 'long-history.md'), head, rows)
}

for (const flaw of wrong) process.stdout.write(`${flaw}\n`)
process.exit(wrong.length > 0 ? 1 : 0)
