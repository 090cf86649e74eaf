import type { Connection, Dialect } from '@yama/core'
import { lexerRules, semanticTokens, splitStatements } from '@yama/sql'
import { checkAfter } from './check-after.ts'
import { connectFirst } from './connect/connect-first.ts'
import { connectPostgres } from './connect/connect-postgres.ts'
import { hostList } from './connect/host-list.ts'
import { parsePostgresUrl } from './connect/parse-url.ts'
import type { PostgresOptions, SharedOptions } from './dialect-options.ts'
import { answerNeed } from './answer-need.ts'
import { examine } from './examine.ts'
import { keepSession } from './keep-session.ts'
import { describeFailure } from './failures.ts'
import { createHistory } from './history/create-history.ts'
import { createHistoryFunctions } from './history/history-functions.ts'
import { acquireLock } from './lock/acquire-lock.ts'
import { probe } from './probe/probe.ts'
import { breakLock } from './lock/break-lock.ts'
import { inspectLock } from './lock/inspect-lock.ts'
import { describeStatement } from './statements/describe-statement.ts'
import { needsSession } from './statements/needs-session.ts'

/** What the two drivers differ in. */
export interface Driver {
  connect(historySchema: string, signal: AbortSignal | undefined): Promise<Connection>
  /** Lock keys of a session that is shared. */
  readonly taken: Set<string> | undefined
}

/** Everything of the dialect but its schema part. */
export function createRuntime(driver: Driver, { historySchema = 'yama', onNotice = () => undefined }: SharedOptions): Dialect {
  return {
    kind: 'postgres',
    capabilities: { transactionalDdl: true, lockScope: 'session', concurrentIndex: true, batch: true },
    extensions: {},
    connect: async (signal) => {
      signal?.throwIfAborted()
      return await driver.connect(historySchema, signal)
    },
    createHistory: (connection, { project }) => createHistory(connection, project, historySchema, onNotice),
    acquireLock: (connection, key, options) =>
      acquireLock(connection, key, options, {
        schema: historySchema,
        taken: driver.taken,
        connect: () => driver.connect(historySchema, undefined),
      }),
    inspectLock: (connection, key) => inspectLock(connection, key, historySchema),
    breakLock: (connection, report, record) => breakLock(connection, report, historySchema, record),
    splitStatements: (sql) => splitStatements(sql, lexerRules.postgres),
    semanticTokens: (sql) => semanticTokens(sql, lexerRules.postgres),
    describeStatement,
    describeFailure,
    needsSession,
    createHistoryFunctions: (connection) => createHistoryFunctions(connection, historySchema),
    answerNeed,
    examine,
    // The parser is loaded only where something is judged.
    commutativity: async () => (await import('../effects/commutativity.ts')).commutativity(),
    checkAfter,
    keepSession,
    probe,
  }
}

/** Servers over `pg`. Throws YAMA_CONNECT_POSTGRES_URL for a URL that cannot be read. */
export function serverDriver(options: PostgresOptions): Driver {
  const targets = hostList(options.url).map(parsePostgresUrl)
  return {
    taken: undefined,
    connect: (historySchema, signal) => connectFirst(targets, (target) => connectPostgres(target, options, historySchema, signal)),
  }
}

/**
 * The dialect for PostgreSQL servers without its schema part, for what only runs migrations and looks at history: less is
 * loaded, which is felt where a process starts often. Everything else is as with `postgres`.
 *
 * @example
 * const yama = createYama({ dialect: postgresRuntime({ url: 'postgres://app@localhost/app' }), sources: [migrationFiles({ … })] })
 */
export const postgresRuntime = (options: PostgresOptions): Dialect => Object.freeze(createRuntime(serverDriver(options), options))
