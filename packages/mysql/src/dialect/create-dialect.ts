import type { Dialect } from '@yama/core'
import { schemaDialect } from '../schema-dialect/schema-dialect.ts'
import { chooseScratch } from '../scratch/choose-scratch.ts'
import { parseMysqlUrl } from './connect/parse-url.ts'
import { createRuntime } from './create-runtime.ts'
import type { MysqlOptions } from './dialect-options.ts'

function createDialect(kind: 'mysql' | 'mariadb', options: MysqlOptions): Dialect {
  // Scratch databases are reached with plain dialects: of the target's options only the mode concerns what is made there.
  const { sqlMode } = options
  const connect = (url: string): Dialect => createRuntime(kind, { url, lockTimeoutMs: 0, ...(sqlMode === undefined ? {} : { sqlMode }) })
  const target = parseMysqlUrl(options.url).database
  const schema = schemaDialect(kind, (wanted) => chooseScratch(wanted, { connect, prefers: kind, target }))
  return Object.freeze<Dialect>({ ...createRuntime(kind, options), extensions: { schema } })
}

/**
 * The dialect for MySQL 8 and 9 over the driver `mysql2`, which is loaded when it connects. A MariaDB server answers as
 * well, since many URLs say mysql:// for it; what it is stands in `connection.server`. Throws YAMA_CONNECT_MYSQL_URL for a
 * URL that cannot be read; connecting rejects with YAMA_CONNECT_… codes.
 *
 * @example
 * const yama = createYama({ dialect: mysql({ url: 'mysql://app@localhost/app' }), sources: [migrationFiles({ … })] })
 */
export function mysql(options: MysqlOptions): Dialect {
  return createDialect('mysql', options)
}

/**
 * The dialect for MariaDB 10.6 and later over the driver `mysql2`; otherwise as `mysql`.
 *
 * @example
 * const dialect = mariadb({ url: 'mariadb://app@localhost/app', password: () => currentToken() })
 */
export function mariadb(options: MysqlOptions): Dialect {
  return createDialect('mariadb', options)
}
