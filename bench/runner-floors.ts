import { createRequire } from 'node:module'
import type { Dialect } from '@yama/core'
import { dialectOf, dropDatabase, emptyDatabase, benchServers, products, type ServerKind } from './databases.ts'
import { inProcess, interleaved, ratio } from './measure.ts'
import { recordedWrites } from './recorded-writes.ts'
import { atMost, rowsOf, type Result } from './result.ts'
import { applySmall, smallMigrations, type SmallKind } from './small-migrations.ts'

/** The driver is a dependency of the dialect, not of the repository. */
interface Mysql2 {
  readonly createConnection: (options: Readonly<Record<string, unknown>>) => Promise<{
    query(sql: string): Promise<unknown>
    end(): Promise<void>
  }>
  readonly format: (sql: string, parameters: readonly unknown[]) => string
}
const load = async (): Promise<Mysql2> => {
  const file = createRequire(new URL('../packages/mysql/package.json', import.meta.url)).resolve('mysql2/promise')
  return ((await import(file)) as { readonly default: Mysql2 }).default
}

const NAME = 'yama_bench_floor'
const what: Readonly<Record<SmallKind, string>> = {
  rows: 'An insert and an update each, which are one transaction with their history.',
  tables:
    'A table with 8 columns and an index each. DDL commits by itself there, so Yama writes an intent before each statement and its end after it; the floor writes the same rows.',
}

/** MySQL and MariaDB against the plain driver, which sends the same statements and rows, each commit in one round trip. */
export async function runnerFloors(count: number, rounds: number): Promise<readonly Result[]> {
  const results: Result[] = []
  for (const { kind, url: server } of benchServers()) {
    if (kind === 'postgres') continue
    for (const small of ['rows', 'tables'] as const) results.push(await against(kind, server, small, count, rounds))
    await dropDatabase(kind, server, NAME)
  }
  return results
}

async function against(kind: ServerKind, server: string, small: SmallKind, count: number, rounds: number): Promise<Result> {
  const driver = await load()
  const migrations = smallMigrations(small, count)
  const entries = await recordedWrites(dialectOf(kind, await emptyDatabase(kind, server, NAME)), migrations)
  const texts = entries.map((commands) => {
    const sql = commands.map((command) => driver.format(command.sql, command.parameters ?? [])).join(';\n')
    return commands.length > 1 ? `BEGIN;\n${sql};\nCOMMIT` : sql
  })
  const ready = async (): Promise<Dialect> => {
    const dialect = dialectOf(kind, await emptyDatabase(kind, server, NAME))
    await using connection = await dialect.connect()
    await dialect.createHistory(connection, { project: 'default' }).ensure()
    return dialect
  }
  const floor = 'floor: mysql2, one round trip per commit'
  const samples = await interleaved(rounds, {
    'Yama, in the process': async () => {
      const dialect = await ready()
      return await inProcess(() => applySmall(dialect, migrations))
    },
    [floor]: async () => {
      await ready()
      const { hostname, port, username, password } = new URL(server)
      const client = await driver.createConnection({
        host: hostname,
        port: Number(port),
        user: decodeURIComponent(username),
        password: decodeURIComponent(password),
        database: NAME,
        multipleStatements: true,
      })
      const sample = await inProcess(async () => {
        for (const text of texts) await client.query(text)
      })
      await client.end()
      return sample
    },
  })
  const title = small === 'rows' ? 'transactional migrations' : 'migrations with DDL'
  return {
    title: `Applying ${count.toLocaleString('en')} ${title}, ${products[kind]}, against the driver`,
    about: `${what[small]} The tables of the history are there before, in both. ${String(rounds)} interleaved rounds.`,
    rows: rowsOf(samples, 'Yama, in the process'),
    targets: [atMost('at most 1.1 × the driver floor (wall)', ratio(samples, 'Yama, in the process', floor, 'wall'), 1.1)],
  }
}
