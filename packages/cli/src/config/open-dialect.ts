import type { DatabaseKind, Dialect } from '@yama/core'
import type { DatabaseUrl } from './parse-database-url.ts'

/**
 * The dialect for a URL as far as running migrations needs it; whole where that costs nothing. `waitMs`: how long statements wait
 * for a file that another process has locked, as for the lock itself.
 */
export async function openRuntime(database: DatabaseUrl, waitMs?: number): Promise<Dialect> {
  if (database.driver === 'pg') return (await import('@yama/postgres/runtime')).postgresRuntime(serverOf(database))
  if (database.driver === 'mysql2') {
    const { mariadbRuntime, mysqlRuntime } = await import('@yama/mysql/runtime')
    return (database.kind === 'mariadb' ? mariadbRuntime : mysqlRuntime)({ url: database.url })
  }
  return openDialect(database, waitMs)
}

const serverOf = ({ url, pooler }: DatabaseUrl): { readonly url: string; readonly pooler?: boolean } => ({
  url,
  ...(pooler === undefined ? {} : { pooler }),
})

/** As long as a run waits for the lock where nothing is said. */
const LOCK_WAIT_MS = 60_000
/** Whoever does not want to wait for a run still waits for a commit. */
const SHORTEST_BUSY_MS = 1000

/** The dialect for a URL. Its package is loaded here, its driver only when it connects. */
export async function openDialect(database: DatabaseUrl, waitMs = LOCK_WAIT_MS): Promise<Dialect> {
  if (database.driver === 'better-sqlite3') {
    const { sqlite } = await import('@yama/sqlite')
    return sqlite({ url: database.url, busyTimeoutMs: Math.max(SHORTEST_BUSY_MS, waitMs) })
  }
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
 * for a server are servers too, where there are local binaries, and of its version; the name of the database means them.
 */
export async function offlineDialect(kind: DatabaseKind, database?: DatabaseUrl): Promise<Dialect> {
  if (kind === 'postgres' && database?.driver === 'pg') return openDialect(database)
  const url = database?.driver === 'mysql2' ? database.url : undefined
  const open = {
    sqlite: async () => (await import('@yama/sqlite')).sqlite({ url: 'sqlite::memory:' }),
    postgres: async () => (await import('@yama/postgres')).pglite({ url: 'pglite:memory' }),
    mysql: () => mysqlDialect('mysql', url ?? 'mysql://localhost'),
    mariadb: () => mysqlDialect('mariadb', url ?? 'mariadb://localhost'),
  } satisfies Record<DatabaseKind, () => Promise<Dialect>>
  return open[kind]()
}
