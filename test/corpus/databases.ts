import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'

/** Where databases of one engine can be made. */
export interface Engine {
  readonly kind: 'postgres' | 'sqlite' | 'mysql'
  readonly title: string
  /** A server's maintenance database; undefined for SQLite, `pglite:` for the embedded one. */
  readonly url: string | undefined
}

/** An empty database that goes when it is disposed of. */
export interface Database extends AsyncDisposable {
  readonly url: string
  readonly dialect: Dialect
}

export const sqliteEngine: Engine = { kind: 'sqlite', title: 'SQLite', url: undefined }
export const pgliteEngine: Engine = { kind: 'postgres', title: 'PGlite', url: 'pglite:' }

/** The servers that tests may use: the local one, and the newest of YAMA_TEST_POSTGRES_URLS. Each with its version as title. */
export async function postgresEngines(): Promise<readonly Engine[]> {
  const named = (process.env['YAMA_TEST_POSTGRES_URLS'] ?? '').split(',').flatMap((entry) => {
    const url = entry.slice(entry.indexOf('=') + 1)
    return url === '' ? [] : [url]
  })
  const newest = named.at(-1)
  const local = process.env['YAMA_TEST_POSTGRES_URL'] ?? 'postgres://postgres@127.0.0.1:5432/postgres'
  const found: Engine[] = []
  for (const url of new Set([local, ...(newest === undefined ? [] : [newest])])) {
    const version = await serverVersion(url)
    if (version !== undefined && !found.some(({ title }) => title === version)) found.push({ kind: 'postgres', title: version, url })
  }
  return found
}

async function serverVersion(url: string): Promise<string | undefined> {
  try {
    await using connection = await postgres({ url }).connect()
    return `PostgreSQL ${connection.server.version.split(' ')[0] ?? ''}`
  } catch {
    return undefined
  }
}

/** The MySQL and MariaDB servers of the environment, each with its version as title. */
export async function mysqlEngines(): Promise<readonly Engine[]> {
  const urls = [process.env['YAMA_TEST_MARIADB_URL'], process.env['YAMA_TEST_MYSQL_URL']].filter((url) => url !== undefined)
  return await Promise.all(
    urls.map(async (url) => {
      await using connection = await mysqlDialect(url).connect()
      return { kind: 'mysql', title: connection.server.product, url } as const
    }),
  )
}

const mysqlDialect = (url: string): Dialect => (url.startsWith('mariadb:') ? mariadb({ url }) : mysql({ url }))

async function emptyMysqlDatabase(server: string): Promise<Database> {
  const name = `corpus_${randomBytes(5).toString('hex')}`
  const run = async (sql: string): Promise<void> => {
    await using connection = await mysqlDialect(server).connect()
    await connection.execute(sql)
  }
  await run(`CREATE DATABASE ${name} CHARACTER SET utf8mb4`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, dialect: mysqlDialect(url.href), [Symbol.asyncDispose]: () => run(`DROP DATABASE IF EXISTS ${name}`) }
}

/** Makes an empty database on the engine. */
export async function emptyDatabase(engine: Engine): Promise<Database> {
  if (engine.url === undefined || engine === pgliteEngine) {
    const directory = mkdtempSync(join(tmpdir(), 'yama-corpus-'))
    const url = engine === pgliteEngine ? `pglite:${join(directory, 'data')}` : `sqlite:${join(directory, 'corpus.db')}`
    const dialect = engine === pgliteEngine ? pglite({ url }) : sqlite({ url })
    return { url, dialect, [Symbol.asyncDispose]: async () => rmSync(directory, { recursive: true, force: true }) }
  }
  if (engine.kind === 'mysql') return await emptyMysqlDatabase(engine.url)
  const name = `corpus_${randomBytes(5).toString('hex')}`
  const server = engine.url
  await administer(server, `CREATE DATABASE ${name} TEMPLATE template0`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return {
    url: url.href,
    dialect: postgres({ url: url.href }),
    [Symbol.asyncDispose]: () => administer(server, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  }
}

async function administer(server: string, sql: string): Promise<void> {
  await using connection = await postgres({ url: server }).connect()
  await connection.execute(sql)
}
