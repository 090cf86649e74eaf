/**
 * 1,000 small migrations (one table with 8 columns and one index each), one transaction and one history row each: Yama
 * against a floor which sends the same statements and the same history rows with the plain driver, and with psql.
 * Interleaved runs, medians, ratios.
 *
 *   YAMA_BENCH_POSTGRES_URL=postgres://postgres@127.0.0.1:5432/postgres node --conditions=yama-source --import tsx bench/apply-1000.ts [count] [rounds]
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYama, type Command, type Connection, type Dialect, type Migration } from '@yama/core'
import { postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { memorySource, sqlMigration } from '@yama/testkit'

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

const count = Number(process.argv[2] ?? 1000)
const rounds = Number(process.argv[3] ?? 5)
const serverUrl = process.env['YAMA_BENCH_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

const migrations: readonly Migration[] = Array.from({ length: count }, (_, i) => {
  const table = `bench_${String(i)}`
  return sqlMigration({
    id: `${String(i + 1).padStart(6, '0')}_${table}`,
    up: [
      `CREATE TABLE ${table} (id bigint PRIMARY KEY, name text NOT NULL, email text, age integer, active boolean NOT NULL DEFAULT true, score integer DEFAULT 0, note text, created_at text NOT NULL)`,
      `CREATE INDEX ${table}_email_idx ON ${table} (email)`,
    ],
    down: `DROP TABLE ${table}`,
  })
})

interface Sample {
  readonly wall: number
  readonly cpu: number
}
async function measured(work: () => Promise<void> | void): Promise<Sample> {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await work()
  const used = process.cpuUsage(cpu)
  return { wall: (performance.now() - start) / 1000, cpu: (used.user + used.system) / 1e6 }
}

async function runYama(dialect: Dialect): Promise<void> {
  await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
  const report = await yama.apply(await yama.plan({ up: 'latest' }))
  if (report.applied.length !== count) throw new Error('not everything was applied')
}

/** The transactions which a run sends, as they are: what the floor has to send, too, without the check of the lock. */
async function recordedBatches(dialect: Dialect): Promise<readonly (readonly Command[])[]> {
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
  await runYama({ ...dialect, connect: async (signal) => recording(await dialect.connect(signal)) })
  return batches
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0

async function compare(title: string, contestants: Readonly<Record<string, () => Promise<Sample>>>): Promise<void> {
  const samples = new Map<string, Sample[]>(Object.keys(contestants).map((name) => [name, []]))
  for (let round = 0; round < rounds; round++) {
    const names = Object.keys(contestants)
    // The order turns, so that nobody always runs on the warmest caches.
    for (const name of [...names.slice(round % names.length), ...names.slice(0, round % names.length)])
      samples.get(name)?.push(await (contestants[name] as () => Promise<Sample>)())
  }
  const yama = samples.get('yama') ?? []
  console.log(`${title}: ${String(count)} migrations, ${String(rounds)} interleaved rounds`)
  for (const [name, list] of samples) {
    const ratio = median(list.map((sample, round) => (yama[round]?.wall ?? 0) / sample.wall))
    console.log(
      `  ${name.padEnd(14)} wall ${median(list.map((sample) => sample.wall)).toFixed(3)} s  cpu ${median(list.map((sample) => sample.cpu)).toFixed(3)} s  yama/this ${ratio.toFixed(3)}`,
    )
  }
}

async function onPostgres(): Promise<void> {
  const { default: pg } = (await import(
    createRequire(new URL('../packages/postgres/package.json', import.meta.url)).resolve('pg')
  )) as unknown as PgModule
  const administer = async (...statements: readonly string[]): Promise<void> => {
    await using connection = await postgres({ url: serverUrl }).connect()
    for (const sql of statements) await connection.execute(sql)
  }
  const own = new URL(serverUrl)
  own.pathname = '/yama_bench_apply'
  const fresh = (): Promise<void> =>
    administer('DROP DATABASE IF EXISTS yama_bench_apply WITH (FORCE)', 'CREATE DATABASE yama_bench_apply', 'CHECKPOINT')
  const ensured = async (): Promise<void> => {
    await fresh()
    const dialect = postgres({ url: own.href })
    await using connection = await dialect.connect()
    await dialect.createHistory(connection, { project: 'default' }).ensure()
  }
  await fresh()
  const texts = (await recordedBatches(postgres({ url: own.href }))).map((commands) =>
    ['BEGIN', ...commands.map(({ sql }) => sql), 'COMMIT'].join(';\n'),
  )
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  const script = join(directory, 'floor.sql')
  writeFileSync(script, `\\set ON_ERROR_STOP on\n${texts.map((text) => `${text};\n`).join('')}`)
  const psql = spawnSync('psql', ['--version']).status === 0
  await compare('PostgreSQL', {
    yama: async () => {
      await fresh()
      return await measured(() => runYama(postgres({ url: own.href })))
    },
    'plain pg': async () => {
      await ensured()
      return await measured(async () => {
        const client = new pg.Client({ connectionString: own.href })
        await client.connect()
        for (const text of texts) await client.query(text)
        await client.end()
      })
    },
    ...(psql
      ? {
          psql: async () => {
            await ensured()
            return await measured(() => {
              const { status, stderr } = spawnSync('psql', ['-q', '-X', '-f', script, own.href], {
                encoding: 'utf8',
                stdio: ['ignore', 'ignore', 'pipe'],
              })
              if (status !== 0) throw new Error(stderr)
            })
          },
        }
      : {}),
  })
  rmSync(directory, { recursive: true })
  await administer('DROP DATABASE yama_bench_apply WITH (FORCE)')
}

async function onSqlite(): Promise<void> {
  const { default: Database } = (await import(
    createRequire(new URL('../packages/sqlite/package.json', import.meta.url)).resolve('better-sqlite3')
  )) as SqliteModule
  const directory = mkdtempSync(join(tmpdir(), 'yama-bench-'))
  let number = 0
  const file = (): string => join(directory, `${String(number++)}.db`)
  const batches = await recordedBatches(sqlite({ file: file() }))
  await compare('SQLite', {
    yama: () => measured(() => runYama(sqlite({ file: file() }))),
    'better-sqlite3': async () => {
      const target = file()
      const dialect = sqlite({ file: target })
      const connection = await dialect.connect()
      await dialect.createHistory(connection, { project: 'default' }).ensure()
      await connection[Symbol.asyncDispose]()
      return await measured(() => {
        const database = new Database(target)
        for (const commands of batches) {
          database.exec('BEGIN IMMEDIATE')
          for (const { sql, parameters = [] } of commands) database.prepare(sql).run(...parameters)
          database.exec('COMMIT')
        }
        database.close()
      })
    },
  })
  rmSync(directory, { recursive: true })
}

const only = process.env['YAMA_BENCH_ONLY']
if (only !== 'sqlite') await onPostgres()
if (only !== 'postgres') await onSqlite()
