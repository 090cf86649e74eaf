import type { Dialect } from '@yama/core'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'
import { connectMysql } from './connect/connect-mysql.ts'
import { parseMysqlUrl } from './connect/parse-url.ts'
import type { MysqlOptions } from './dialect-options.ts'
import { answerNeed } from './answer-need.ts'
import { examine } from './examine.ts'
import { describeFailure } from './failures.ts'
import { createHistory } from './history/create-history.ts'
import { createHistoryFunctions } from './history/history-functions.ts'
import { acquireLock } from './lock/acquire-lock.ts'
import { keepSession } from './keep-session.ts'
import { probe } from './probe/probe.ts'
import { breakLock } from './lock/break-lock.ts'
import { inspectLock } from './lock/inspect-lock.ts'
import { describeStatement } from './statements/describe-statement.ts'

/** Everything of the dialect but its schema part. Throws YAMA_CONNECT_MYSQL_URL for a URL that cannot be read. */
export function createRuntime(kind: 'mysql' | 'mariadb', options: MysqlOptions): Dialect {
  const target = parseMysqlUrl(options.url)
  const rules = lexerRules[kind]
  return {
    kind,
    capabilities: { transactionalDdl: false, lockScope: 'session', concurrentIndex: false, batch: true },
    extensions: {},
    connect: async (signal) => {
      signal?.throwIfAborted()
      return await connectMysql(target, options, signal)
    },
    createHistory: (connection, { project }) => createHistory(connection, project),
    acquireLock: (connection, key, lock) => acquireLock(connection, key, lock, () => connectMysql(target, options, undefined)),
    inspectLock,
    breakLock,
    splitStatements: (sql) => splitStatements(sql, rules),
    semanticTokens: (sql) => semanticTokens(sql, rules),
    describeStatement,
    describeFailure,
    createHistoryFunctions,
    answerNeed,
    examine,
    keepSession,
    probe,
    commutativity: async () => (await import('../effects/commutativity.ts')).commutativity,
  }
}

/**
 * The dialect for MySQL servers without its schema part, for what only runs migrations and looks at history: less is
 * loaded, which is felt where a process starts often. Everything else is as with `mysql`.
 *
 * @example
 * const yama = createYama({ dialect: mysqlRuntime({ url: 'mysql://app@localhost/app' }), sources: [migrationFiles({ … })] })
 */
export const mysqlRuntime = (options: MysqlOptions): Dialect => Object.freeze(createRuntime('mysql', options))

/**
 * The dialect for MariaDB servers without its schema part; otherwise as `mysqlRuntime`.
 *
 * @example
 * const dialect = mariadbRuntime({ url: 'mariadb://app@localhost/app' })
 */
export const mariadbRuntime = (options: MysqlOptions): Dialect => Object.freeze(createRuntime('mariadb', options))
