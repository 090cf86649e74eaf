import type { Dialect } from '@yama/core'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'
import { schemaDialect } from '../schema-dialect/schema-dialect.ts'
import { chooseScratch } from '../scratch/choose-scratch.ts'
import { connectMysql } from './connect/connect-mysql.ts'
import { parseMysqlUrl } from './connect/parse-url.ts'
import type { MysqlOptions } from './dialect-options.ts'
import { describeFailure } from './failures.ts'
import { createHistory } from './history/create-history.ts'
import { acquireLock } from './lock/acquire-lock.ts'
import { describeStatement } from './statements/describe-statement.ts'

/** Scratch databases are reached with a plain dialect: none of the target's options concerns them. */
const scratchDialect = (url: string): Dialect => mysql({ url, lockTimeoutMs: 0 })

function createDialect(kind: 'mysql' | 'mariadb', options: MysqlOptions): Dialect {
  const target = parseMysqlUrl(options.url)
  const rules = lexerRules[kind]
  return Object.freeze<Dialect>({
    kind,
    capabilities: { transactionalDdl: false, lockScope: 'session', concurrentIndex: false, batch: true },
    extensions: { schema: schemaDialect(kind, (wanted) => chooseScratch(wanted, { prefers: kind, connect: scratchDialect })) },
    connect: async (signal) => {
      signal?.throwIfAborted()
      return await connectMysql(target, options, signal)
    },
    createHistory: (connection, { project }) => createHistory(connection, project),
    acquireLock,
    splitStatements: (sql) => splitStatements(sql, rules),
    semanticTokens: (sql) => semanticTokens(sql, rules),
    describeStatement,
    describeFailure,
  })
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
