import type { Dialect } from '@yama/core'
import { lexerRules, semanticTokens } from '@yama/sql'
import { schemaDialect } from '../schema-dialect/schema-dialect.ts'
import { createConnection } from './connection.ts'
import { describeStatement } from './describe-statement.ts'
import { answerNeed } from './answer-need.ts'
import { examine } from './examine.ts'
import { keepSession } from './keep-session.ts'
import { describeFailure } from './failures.ts'
import { createHistory } from './history.ts'
import { acquireLock, breakLock, ensureFree, inspectLock } from './lock.ts'
import { openDatabase } from './open-database.ts'
import { probe } from './probe.ts'
import { splitSqlite } from './split-statements.ts'
import { patiently, PATIENCE_MS } from './patiently.ts'
import { parseUrl, type SqliteLocation } from './parse-url.ts'

/** `url` or `file`, and what the connection should be like. */
export type SqliteOptions = SqliteLocation & {
  /** How long a statement waits for another process's write lock, in ms, before YAMA_SQLITE_BUSY; default 5 000. What reads the history waits a minute by default. */
  readonly busyTimeoutMs?: number
  /** Whether the connection enforces foreign keys; default true. */
  readonly foreignKeys?: boolean
}

/**
 * The SQLite dialect over better-sqlite3, which is loaded when it connects.
 *
 * @example
 * const yama = createYama({ dialect: sqlite({ url: 'sqlite:./dev.db' }), sources: [migrationFiles({ … })] })
 */
export function sqlite(options: SqliteOptions): Dialect {
  const target = parseUrl(options)
  const { busyTimeoutMs = 5000 } = options
  const patience = options.busyTimeoutMs ?? PATIENCE_MS
  return Object.freeze<Dialect>({
    kind: 'sqlite',
    capabilities: { transactionalDdl: true, lockScope: 'file', concurrentIndex: false, batch: true },
    extensions: { schema: schemaDialect },
    connect: async (signal) => {
      signal?.throwIfAborted()
      const { database, readOnly, version } = await openDatabase({ ...target, busyTimeoutMs, foreignKeys: options.foreignKeys ?? true })
      return createConnection(database, { readOnly, version, busyTimeoutMs })
    },
    createHistory: (connection, { project }) => {
      const history = createHistory(connection, project)
      const { ensure, read, head } = history
      return {
        ...history,
        ensure: (waiting = { waitMs: patience }) => ensureFree(project, waiting, ensure),
        read: () => patiently(connection, patience, read),
        head: () => patiently(connection, patience, head),
      }
    },
    acquireLock: async (connection, key, lockOptions) => await acquireLock(connection, key, lockOptions),
    inspectLock,
    breakLock,
    splitStatements: splitSqlite,
    semanticTokens: (sql) => semanticTokens(sql, lexerRules.sqlite),
    describeStatement,
    describeFailure,
    answerNeed,
    examine,
    keepSession,
    probe,
    commutativity: async () => (await import('../effects/commutativity.ts')).commutativity,
  })
}
