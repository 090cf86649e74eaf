/**
 * All benchmarks, or those that are named; writes docs/reference/benchmarks.md. Build first: `pnpm build`.
 *
 *   pnpm bench [start-up] [apply] [extraction] [generate] [mysql] [graph] [runner] [teams] [--rounds=5] [--large]
 *
 * All of them take about a quarter of an hour on a quiet machine. `--large` adds 10,000 PostgreSQL tables to extraction and generate, ten minutes more.
 * A part that fails is told and the others run; what was measured of it before stays on the page. Exit 1 then.
 *
 * Needs pg_dump and psql. Starts servers with their own defaults, or measures on those which YAMA_BENCH_POSTGRES_URL, YAMA_BENCH_MYSQL_URL and
 * YAMA_BENCH_MARIADB_URL name; MySQL and MariaDB are left out where they are not installed.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { cpus, loadavg } from 'node:os'
import { applyLinear, applyOnPostgres, applyOnSqlite } from './apply.ts'
import { graph } from './graph.ts'
import { installPeers, yamaBin } from './peers.ts'
import { serverVersion } from './postgres-server.ts'
import { markdown, type Result } from './result.ts'
import { mysqlAndMariadb } from './mysql.ts'
import { runnerDelay } from './runner-delay.ts'
import { runnerFloors } from './runner-floors.ts'
import { runnerMemory } from './runner-memory.ts'
import { runnerRecovery } from './runner-recovery.ts'
import { extractions, generations } from './schema.ts'
import { postgresServer, servers, stopServers } from './servers.ts'
import { startUp } from './start-up.ts'
import { teams } from './teams.ts'

const names = process.argv.slice(2).filter((word) => !word.startsWith('--'))
const large = process.argv.includes('--large')
const rounds = Number(/--rounds=(\d+)/.exec(process.argv.join(' '))?.[1] ?? 5)
if (!existsSync(yamaBin)) {
  console.error('The command is not built: run `pnpm build` first.')
  await stopServers()
  process.exit(1)
}
const installed = installPeers()

const parts: Readonly<Record<string, () => Promise<readonly Result[]>>> = {
  'start-up': () => startUp(rounds * 2 + 1, installed),
  apply: async () => [
    ...(await applyOnPostgres(1000, rounds, installed)),
    ...(await applyOnSqlite(1000, rounds)),
    ...(await applyLinear()),
  ],
  extraction: () => extractions(large, rounds),
  generate: () => generations(large, Math.max(3, rounds - 2), installed),
  mysql: () => mysqlAndMariadb(rounds),
  graph: async () => [graph()],
  teams: () => teams(rounds),
  runner: async () => [
    ...(await runnerDelay(1000, rounds)),
    ...(await runnerFloors(1000, rounds)),
    ...(await runnerMemory(1000, 10_000)),
    ...(await runnerRecovery(1000, rounds)),
  ],
}
const results = new URL('results.json', import.meta.url)
interface Stored {
  readonly date: string
  readonly results: readonly Result[]
}
const read = (): Record<string, Stored> =>
  existsSync(results) ? (JSON.parse(readFileSync(results, 'utf8')) as Record<string, Stored>) : {}
for (const [name, work] of Object.entries(parts)) {
  if (names.length > 0 && !names.includes(name)) continue
  let found: readonly Result[]
  try {
    found = await work()
  } catch (error) {
    console.error(`${name} failed:`, error)
    process.exitCode = 1
    continue
  }
  // A server that is not there is no reason to forget what was measured on it.
  if (found.length === 0) continue
  for (const result of found) console.log(markdown(result))
  const measured: Stored = { date: new Date().toISOString().slice(0, 10), results: found }
  writeFileSync(results, `${JSON.stringify({ ...read(), [name]: measured }, null, 2)}\n`)
}
const stored = read()

const dump = spawnSync('pg_dump', ['--version'], { encoding: 'utf8' }).stdout.trim()
const head = `# Benchmarks

Written by \`pnpm bench\`; do not edit. Times are medians of interleaved runs; ratios are medians of the ratios of the pairs, and
say more than the times, which vary with whatever else the machine does. Client CPU is user and system time of the client and its
children; what the server spends is not in it. Where a peer fails it is left out. The code is in \`bench/\`.

- Machine: ${cpus().length} CPUs, ${process.platform} ${process.arch}; Node ${process.versions.node}, ${await serverVersion()}, ${dump}
- Servers: PostgreSQL ${postgresServer.told}${Object.entries(servers)
  .map(([kind, server]) => (server === undefined ? '' : `; ${kind} ${server.told}`))
  .join('')}
- Load average of the last quarter of an hour when this was written: ${(loadavg()[2] ?? 0).toFixed(1)}. Above the number of CPUs other work disturbs the runs: wall times are then no property of
  Yama, ratios of few rounds are rough, and CPU times are high too.
- Peers: ${Object.entries(installed)
  .map(([name, version]) => `${name} ${version}`)
  .join(', ')}
- Left out: \`@supabase/pg-delta\`, which compares two databases as migra does; it is beside Yama in the [difference cases](coverage.md).
`
const order = Object.keys(parts).filter((name) => stored[name] !== undefined)
const pages = order.map((name) => `<!-- ${name}, ${stored[name]!.date} -->\n\n${stored[name]!.results.map(markdown).join('\n')}`)
const dates = [...new Set(order.map((name) => stored[name]!.date))].sort().join(', ')
writeFileSync(new URL('../docs/reference/benchmarks.md', import.meta.url), `${head}- Run on ${dates}\n\n${pages.join('\n')}`)
await stopServers()
