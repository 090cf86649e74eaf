import type { Command, Connection, QueryResult, ServerInfo } from '@yama/core'
import pg from 'pg'

export const SERVER_URL = process.env['YAMA_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'

export const urlOf = (database: string): string => {
  const url = new URL(SERVER_URL)
  url.pathname = `/${database}`
  return url.href
}

/** A connection over the bare driver: what extraction and rules need, and nothing that they are not meant to need. */
export async function connectTo(database: string): Promise<Connection & { readonly client: pg.Client }> {
  const client = new pg.Client({ connectionString: urlOf(database) })
  client.on('error', () => {})
  await client.connect()
  const version = ((await client.query('SHOW server_version')).rows[0] as { server_version: string }).server_version
  const server: ServerInfo = {
    kind: 'postgres',
    product: `PostgreSQL ${version}`,
    version,
    major: Number.parseInt(version, 10),
    host: '127.0.0.1',
    database,
    user: 'postgres',
    readOnly: false,
    pooler: false,
  }
  const resultOf = (result: pg.QueryResult): QueryResult => ({
    rows: result.rows as Record<string, unknown>[],
    affected: result.rowCount ?? 0,
  })
  const execute = async (sql: string, parameters?: readonly unknown[]): Promise<QueryResult> =>
    resultOf(parameters === undefined ? await client.query(sql) : await client.query(sql, [...parameters]))
  return {
    client,
    server,
    execute,
    async batch(commands: readonly Command[], options) {
      const texts = commands.map((command) => command.sql)
      const results = (await client.query(
        (options.transaction ? ['BEGIN', ...texts, 'COMMIT'] : texts).join(';\n'),
      )) as unknown as pg.QueryResult[]
      return (options.transaction ? results.slice(1, -1) : results).map(resultOf)
    },
    async transaction(work) {
      await client.query('BEGIN')
      try {
        const result = await work()
        await client.query('COMMIT')
        return result
      } catch (error) {
        await client.query('ROLLBACK')
        throw error
      }
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}

/** True where a PostgreSQL server answers that tests may use. */
export async function serverAnswers(): Promise<boolean> {
  const client = new pg.Client({ connectionString: SERVER_URL, connectionTimeoutMillis: 2000 })
  try {
    await client.connect()
    await client.end()
    return true
  } catch {
    return false
  }
}

export async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: SERVER_URL })
  await client.connect()
  try {
    await client.query(sql)
  } finally {
    await client.end()
  }
}

/** Runs work in a database of its own and drops it afterwards. */
export async function inDatabase<T>(name: string, work: (database: string) => Promise<T>): Promise<T> {
  await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  await administer(`CREATE DATABASE "${name}" TEMPLATE template0`)
  try {
    return await work(name)
  } finally {
    await administer(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`)
  }
}
