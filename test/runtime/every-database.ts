import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { DatabaseKind, Dialect } from '@yama/core'
import { mariadb, mysql } from '@yama/mysql'
import { pglite, postgres } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { mysqlTargets } from '@yama/testkit'
import { sharedPglite } from '../../packages/postgres/test/runtime-database.ts'
import { serverUrl } from '../e2e/databases.ts'

/** A database of its own, of one of the kinds there are here; disposing drops it. */
export interface OwnDatabase extends AsyncDisposable {
  readonly url: string
  readonly env: { readonly DATABASE_URL: string }
  readonly dialect: Dialect
  query(sql: string): Promise<readonly Record<string, unknown>[]>
}

export interface DatabaseCase {
  readonly name: string
  readonly kind: DatabaseKind
  /** `directory`: the project's, for databases that are files. */
  open(directory: string): Promise<OwnDatabase>
}

const rows = async (dialect: Dialect, sql: string): Promise<readonly Record<string, unknown>[]> => {
  await using connection = await dialect.connect()
  return (await connection.execute(sql)).rows
}

const ofFile = (name: string, kind: DatabaseKind, scheme: string, file: string, dialectOf: (url: string) => Dialect): DatabaseCase => ({
  name,
  kind,
  open: (directory) => {
    const dialect = dialectOf(`${scheme}:${join(directory, file)}`)
    const url = `${scheme}:./${file}`
    const close = (): Promise<void> => Promise.resolve()
    return Promise.resolve({ url, env: { DATABASE_URL: url }, dialect, query: (sql) => rows(dialect, sql), [Symbol.asyncDispose]: close })
  },
})

export const ofServer = (name: string, kind: DatabaseKind, server: string, dialectOf: (url: string) => Dialect): DatabaseCase => ({
  name,
  kind,
  open: async () => {
    const database = `e2e_${randomBytes(6).toString('hex')}`
    await rows(dialectOf(server), `CREATE DATABASE ${database}`)
    const url = Object.assign(new URL(server), { pathname: `/${database}` }).href
    return {
      url,
      env: { DATABASE_URL: url },
      dialect: dialectOf(url),
      query: (sql) => rows(dialectOf(url), sql),
      [Symbol.asyncDispose]: async () => {
        await rows(dialectOf(server), `DROP DATABASE ${database}${kind === 'postgres' ? ' WITH (FORCE)' : ''}`)
      },
    }
  },
})

/** One PGlite in this process, emptied after each use: starting one takes seconds. */
const inProcess: DatabaseCase = {
  name: 'PGlite',
  kind: 'postgres',
  open: () =>
    Promise.resolve({
      url: 'pglite:memory',
      env: { DATABASE_URL: 'pglite:memory' },
      dialect: sharedPglite.open(),
      query: (sql) => rows(sharedPglite.open(), sql),
      [Symbol.asyncDispose]: sharedPglite.close,
    }),
}

/**
 * Every kind of database that runs here: SQLite and PGlite always, servers where there are some. With `processes` the PGlite is a
 * directory, for commands in processes of their own. Each of them takes a second or several to start it, so that there the server stands for it;
 * YAMA_MATRIX=all takes both.
 */
export async function everyDatabase(processes = false): Promise<readonly DatabaseCase[]> {
  const server = await serverUrl()
  const stands = server !== undefined && process.env['YAMA_MATRIX'] !== 'all'
  const embedded = processes ? ofFile('PGlite', 'postgres', 'pglite', 'pgdata', (url) => pglite({ url })) : inProcess
  return [
    ofFile('SQLite', 'sqlite', 'sqlite', 'test.db', (url) => sqlite({ url })),
    ...(processes && stands ? [] : [embedded]),
    ...(server === undefined ? [] : [ofServer('PostgreSQL', 'postgres', server, (url) => postgres({ url }))]),
    ...(await mysqlTargets()).map(({ name, url }) =>
      url.startsWith('mariadb:')
        ? ofServer(name, 'mariadb', url, (at) => mariadb({ url: at }))
        : ofServer(name, 'mysql', url, (at) => mysql({ url: at })),
    ),
  ]
}
