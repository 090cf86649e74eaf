import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYama, type Command, type Connection, type Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { inProcess, interleaved, programme, ratio, type Sample } from './measure.ts'
import { toolProgramme, toolsOf, writeMigrations, yamaProgramme } from './peers.ts'
import { dropDatabase, freshDatabase } from './postgres-server.ts'
import { atMost, rowsOf, type Result, type Target } from './result.ts'

/** The drivers are dependencies of the dialects, not of the repository. */
interface PgModule {
  readonly default: {
    readonly Client: new (config: { readonly connectionString: string }) => {
      connect(): Promise<void>
      query(text: string): Promise<unknown>
      end(): Promise<void>
    }
  }
}
interface SqliteModule {
  readonly default: new (file: string) => {
    exec(sql: string): void
    prepare(sql: string): { run(...parameters: readonly unknown[]): void }
    close(): void
  }
}
const driver = async (of: string, name: string): Promise<unknown> =>
  (await import(createRequire(new URL(`../packages/${of}/package.json`, import.meta.url)).resolve(name))) as unknown

async function runYama(dialect: Dialect, directory: string, count: number): Promise<void> {
  await using yama = createYama({ dialect, sources: [migrationFiles({ directory: 'migrations', root: directory, dialect })] })
  const report = await yama.apply(await yama.plan({ up: 'latest' }))
  if (report.applied.length !== count) throw new Error('not everything was applied')
}

/** The transactions which a run sends, as they are: what the floor has to send, too, without the check of the lock. */
async function recordedBatches(dialect: Dialect, directory: string, count: number): Promise<readonly (readonly Command[])[]> {
  const batches: (readonly Command[])[] = []
  const recording = (connection: Connection): Connection => ({
    server: connection.server,
    execute: (...given) => connection.execute(...given),
    transaction: (...given) => connection.transaction(...given),
    batch: (commands, ...rest) => {
      if (commands.some(({ sql }) => sql.startsWith('CREATE TABLE bench_'))) batches.push(commands.slice(1))
      return connection.batch(commands, ...rest)
    },
    [Symbol.asyncDispose]: () => connection[Symbol.asyncDispose](),
  })
  await runYama({ ...dialect, connect: async (signal) => recording(await dialect.connect(signal)) }, directory, count)
  return batches
}

async function withHistory(dialect: Dialect): Promise<void> {
  await using connection = await dialect.connect()
  await dialect.createHistory(connection, { project: 'default' }).ensure()
}

/** PostgreSQL: inside one process against the driver and psql with the same rows, and as a command against the peers. */
export async function applyOnPostgres(
  count: number,
  rounds: number,
  installed: Readonly<Record<string, string>>,
): Promise<readonly Result[]> {
  const { default: pg } = (await driver('postgres', 'pg')) as PgModule
  const name = 'yama_bench_apply'
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  writeMigrations(directory, count)
  const batches = await recordedBatches(postgres({ url: await freshDatabase(name) }), directory, count)
  const texts = batches.map((commands) => ['BEGIN', ...commands.map(({ sql }) => sql), 'COMMIT'].join(';\n'))
  const script = join(directory, 'floor.sql')
  writeFileSync(script, `\\set ON_ERROR_STOP on\n${texts.map((text) => `${text};\n`).join('')}`)
  const ready = async (): Promise<string> => {
    const url = await freshDatabase(name)
    await withHistory(postgres({ url }))
    return url
  }
  const floors = await interleaved(rounds, {
    'Yama, in the process': async () => {
      const url = await ready()
      return await inProcess(() => runYama(postgres({ url }), directory, count))
    },
    'floor: plain pg, one round trip per migration': async () => {
      const url = await ready()
      return await inProcess(async () => {
        const client = new pg.Client({ connectionString: url })
        await client.connect()
        for (const text of texts) await client.query(text)
        await client.end()
      })
    },
    ...(spawnSync('psql', ['--version']).status === 0
      ? { 'floor: psql': async () => programme({ command: ['psql', '-q', '-X', '-f', script, await ready()] }) }
      : {}),
  })
  const limit = (floor: string): Target => {
    const most = floor === 'floor: psql' ? 1.05 : 1.1
    return atMost(`at most ${String(most)} × the ${floor}`, ratio(floors, 'Yama, in the process', floor, 'wall'), most)
  }
  const results: Result[] = [
    {
      title: `Applying ${count.toLocaleString('en')} small migrations, PostgreSQL, against floors`,
      about: `One table with 8 columns and one index each, one transaction and one history row each. The floors send the same statements and the same history rows; the tables of the history are there before, as they are after a first run. ${rounds} interleaved rounds.`,
      rows: rowsOf(floors, 'Yama, in the process'),
      targets: Object.keys(floors).slice(1).map(limit),
    },
  ]
  const tools = toolsOf(installed)
  if (tools.length > 0 && count <= 1000) {
    const peers = await interleaved(Math.max(3, rounds - 2), {
      'yama up': async () => {
        rmSync(join(directory, '.yama'), { recursive: true, force: true })
        return programme(yamaProgramme(['up'], directory, await freshDatabase(name)))
      },
      ...Object.fromEntries(
        tools.map((tool) => [tool, async () => programme(toolProgramme(tool, 'up', directory, await freshDatabase(name)))]),
      ),
    })
    const each = ['dbmate', 'node-pg-migrate'].filter((tool) => tool in peers)
    results.push({
      title: `Applying ${count.toLocaleString('en')} small migrations, PostgreSQL, against peers`,
      about: `Each as a command of its own, from nothing, caches cold. Yama also stores the text of each migration, an event chain and, at the end, a snapshot of the schema.`,
      rows: rowsOf(peers, 'yama up', {
        knex: 'all in one transaction',
        kysely: 'all in one transaction',
        drizzle: 'all in one transaction',
        'node-pg-migrate': 'one transaction each',
        dbmate: 'one transaction each; a Go binary',
      }),
      targets: [
        ...(tools.includes('knex') ? [atMost("client CPU under knex's", ratio(peers, 'yama up', 'knex', 'cpu'), 1)] : []),
        ...each.map((tool) =>
          atMost(`not slower than ${tool}, one transaction per migration (wall)`, ratio(peers, 'yama up', tool, 'wall'), 1),
        ),
      ],
    })
  }
  rmSync(directory, { recursive: true })
  await dropDatabase(name)
  return results
}

const FLOOR = 'floor: better-sqlite3'

/** So many migrations in a file of SQLite, each time a new one: by Yama, and by the driver with the same statements and rows. */
async function onSqlite(count: number): Promise<Disposable & Readonly<Record<'yama' | 'floor', () => Promise<Sample>>>> {
  const { default: Database } = (await driver('sqlite', 'better-sqlite3')) as SqliteModule
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  writeMigrations(directory, count)
  let number = 0
  const file = (): string => join(directory, `${String(number++)}.db`)
  const batches = await recordedBatches(sqlite({ file: file() }), directory, count)
  const ready = async (): Promise<string> => {
    const target = file()
    await withHistory(sqlite({ file: target }))
    return target
  }
  return {
    yama: async () => {
      const target = await ready()
      return await inProcess(() => runYama(sqlite({ file: target }), directory, count))
    },
    floor: async () => {
      const target = await ready()
      return await inProcess(() => {
        const database = new Database(target)
        for (const commands of batches) {
          database.exec('BEGIN IMMEDIATE')
          for (const { sql, parameters = [] } of commands) database.prepare(sql).run(...parameters)
          database.exec('COMMIT')
        }
        database.close()
      })
    },
    [Symbol.dispose]: () => rmSync(directory, { recursive: true }),
  }
}

/** SQLite in a file, against better-sqlite3 with the same rows. */
export async function applyOnSqlite(count: number, rounds: number): Promise<readonly Result[]> {
  using place = await onSqlite(count)
  const samples = await interleaved(rounds, { 'Yama, in the process': place.yama, [FLOOR]: place.floor })
  return [
    {
      title: `Applying ${count.toLocaleString('en')} small migrations, SQLite`,
      about: `The same on a database in a file. ${rounds} interleaved rounds.`,
      rows: rowsOf(samples, 'Yama, in the process'),
      targets: [atMost('at most 1.1 × the plain driver', ratio(samples, 'Yama, in the process', FLOOR, 'wall'), 1.1)],
    },
  ]
}

/** 10,000: SQLite looks through its whole schema for each table that is made, so that the driver's own time grows with the square. */
export async function applyLinear(): Promise<readonly Result[]> {
  const count = 10_000
  using place = await onSqlite(count)
  const samples = await interleaved(2, { 'Yama, in the process': place.yama, [FLOOR]: place.floor })
  return [
    {
      title: `Applying ${count.toLocaleString('en')} small migrations, SQLite`,
      about:
        'SQLite searches its whole schema for each table and index that is made, so that also the driver takes more than ten times the time of 1,000: it is what Yama is compared with. 2 interleaved rounds.',
      rows: rowsOf(samples, 'Yama, in the process'),
      targets: [atMost('at most 1.1 × the plain driver (CPU)', ratio(samples, 'Yama, in the process', FLOOR, 'cpu'), 1.1)],
    },
  ]
}
