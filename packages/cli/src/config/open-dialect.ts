import type { DatabaseKind, Dialect } from '@yama/core'
import type { DatabaseUrl } from './parse-database-url.ts'

/** The dialect for a URL as far as running migrations needs it; whole where that costs nothing. */
export async function openRuntime(database: DatabaseUrl): Promise<Dialect> {
  if (database.driver === 'pg') return (await import('@yama/postgres/runtime')).postgresRuntime(serverOf(database))
  if (database.driver === 'mysql2') {
    const { mariadbRuntime, mysqlRuntime } = await import('@yama/mysql/runtime')
    return (database.kind === 'mariadb' ? mariadbRuntime : mysqlRuntime)({ url: database.url })
  }
  return openDialect(database)
}

const serverOf = ({ url, pooler }: DatabaseUrl): { readonly url: string; readonly pooler?: boolean } => ({
  url,
  ...(pooler === undefined ? {} : { pooler }),
})

/** The dialect for a URL. Its package is loaded here, its driver only when it connects. */
export async function openDialect(database: DatabaseUrl): Promise<Dialect> {
  if (database.driver === 'better-sqlite3') return (await import('@yama/sqlite')).sqlite({ url: database.url })
  if (database.driver === 'pg') return (await import('@yama/postgres')).postgres(serverOf(database))
  if (database.driver === 'pglite') return (await import('@yama/postgres')).pglite({ url: database.url })
  return mysqlDialect(database.kind === 'mariadb' ? 'mariadb' : 'mysql', database.url)
}

async function mysqlDialect(kind: 'mysql' | 'mariadb', url: string): Promise<Dialect> {
  const { mariadb, mysql } = await import('@yama/mysql')
  return (kind === 'mariadb' ? mariadb : mysql)({ url })
}

/**
 * A dialect that is never connected, for work on files alone. What `database` is decides where its scratch databases come from: those
 * for a server are servers too, where there are local binaries, and of its version.
 */
export async function offlineDialect(kind: DatabaseKind, database?: DatabaseUrl): Promise<Dialect> {
  if (kind === 'postgres' && database?.driver === 'pg') return openDialect(database)
  const open = {
    sqlite: async () => (await import('@yama/sqlite')).sqlite({ url: 'sqlite::memory:' }),
    postgres: async () => (await import('@yama/postgres')).pglite({ url: 'pglite:memory' }),
    mysql: () => mysqlDialect('mysql', 'mysql://localhost'),
    mariadb: () => mysqlDialect('mariadb', 'mariadb://localhost'),
  } satisfies Record<DatabaseKind, () => Promise<Dialect>>
  return open[kind]()
}
