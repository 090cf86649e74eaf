import { userInfo } from 'node:os'
import { batchFailure, type Command, type Connection, type QueryResult, type ServerInfo } from '@yama/core'
import { lexerRules, statementWords } from '@yama/sql'
import { sqliteErrors } from '../errors/errors.ts'
import { bindValue } from './bind-value.ts'
import { needsForeignKeysOff, refuseSwitchInside, switchForeignKeysOff } from './foreign-key-guard.ts'
import { giveUpLate } from './give-up.ts'
import type { Database, Statement } from './open-database.ts'
import { checkCopiedRows } from './rebuild-guard.ts'
import { runBatches } from './run-batches.ts'

/** What the lock uses of a connection besides the contract, where it has it: a wrapper around one may not. */
export interface SqliteConnection extends Connection {
  /** `busyTimeoutMs`: how long this BEGIN waits for the file's write lock. */
  transaction<T>(work: () => Promise<T>, options?: { readonly statements?: readonly string[]; readonly busyTimeoutMs?: number }): Promise<T>
  /** Runs inside every transaction just before its COMMIT; returns its removal. */
  readonly beforeCommit?: (work: () => Promise<void>) => () => void
  /** Runs before the connection is closed; returns its removal. */
  readonly beforeClose?: (work: () => Promise<void>) => () => void
}

export interface ConnectionOptions {
  readonly readOnly: boolean
  readonly busyTimeoutMs: number
  readonly version: string
}

const CACHED_STATEMENTS = 256
const words = (sql: string): readonly string[] => statementWords(sql, lexerRules.sqlite)

/** One better-sqlite3 handle as a session. The driver is synchronous: while a statement runs, nothing else in the process does. */
export function createConnection(database: Database, options: ConnectionOptions): SqliteConnection {
  const prepared = new Map<string, Statement>()
  const commitHooks = new Set<() => Promise<void>>()
  const closeHooks = new Set<() => Promise<void>>()

  const prepare = (sql: string, keep: boolean): Statement => {
    const known = prepared.get(sql)
    if (known !== undefined) return known
    const statement = database.prepare<unknown[]>(sql)
    if (keep) {
      if (prepared.size >= CACHED_STATEMENTS) prepared.clear()
      prepared.set(sql, statement)
    }
    return statement
  }

  const run = (sql: string, parameters: readonly unknown[] = []): QueryResult => {
    if (!database.open) throw sqliteErrors.YAMA_SQLITE_CLOSED({ database: database.name })
    if (parameters.length === 0 && isControl(sql)) {
      const [verb] = words(sql)
      if (verb === undefined) return NOTHING
      if (database.inTransaction && endsTransaction(verb, sql)) return NOTHING
      if (verb === 'DROP') checkCopiedRows(database, sql)
    }
    if (parameters.length === 0) refuseSwitchInside(database, sql)
    // Only parameterised commands repeat; the text of a migration runs once.
    const statement = prepare(sql, parameters.length > 0)
    const values = parameters.map(bindValue)
    if (statement.reader) return { rows: statement.all(...values) as Record<string, unknown>[], affected: 0 }
    return { rows: [], affected: statement.run(...values).changes }
  }

  /** Inside a transaction nothing waits: it has the write lock. */
  const runPatiently = async (sql: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<QueryResult> => {
    signal?.throwIfAborted()
    if (database.inTransaction) return run(sql, parameters)
    return await giveUpLate(database.name, options.busyTimeoutMs, () => run(sql, parameters), signal)
  }

  const inTransaction = async <T>(statements: readonly string[], busyTimeoutMs: number, work: () => Promise<T>): Promise<T> => {
    const guard = needsForeignKeysOff(statements, words) ? switchForeignKeysOff(database) : undefined
    try {
      await giveUpLate(database.name, busyTimeoutMs, () => database.exec('BEGIN IMMEDIATE'))
      const result = await work()
      guard?.check()
      for (const hook of commitHooks) await hook()
      // Readers of a file without WAL make a COMMIT wait; it may be tried again.
      await giveUpLate(database.name, options.busyTimeoutMs, () => database.exec('COMMIT'))
      return result
    } catch (error) {
      if (database.inTransaction) database.exec('ROLLBACK')
      throw error
    } finally {
      guard?.restore()
    }
  }

  const runAll = async (commands: readonly Command[], signal: AbortSignal | undefined): Promise<readonly QueryResult[]> => {
    const results: QueryResult[] = []
    for (const [index, { sql, parameters }] of commands.entries()) {
      try {
        signal?.throwIfAborted()
        results.push(database.inTransaction ? run(sql, parameters) : await runPatiently(sql, parameters, signal))
      } catch (cause) {
        throw batchFailure(index, cause)
      }
    }
    return results
  }

  return {
    server: serverInfo(database, options),
    beforeCommit: (work) => register(commitHooks, work),
    beforeClose: (work) => register(closeHooks, work),
    execute: runPatiently,
    batch: async (commands, { transaction }, signal) => {
      signal?.throwIfAborted()
      if (!transaction || database.inTransaction) return await runAll(commands, signal)
      const statements = commands.map((command) => command.sql)
      return await inTransaction(statements, options.busyTimeoutMs, async () => await runAll(commands, signal))
    },
    batches: async (transactions, signal) => {
      signal?.throwIfAborted()
      const inOne = (work: () => Promise<void>): Promise<void> => inTransaction([], options.busyTimeoutMs, work)
      return await runBatches(database, transactions, words, (commands) => runAll(commands, signal), inOne)
    },
    transaction: async (work, { statements = [], busyTimeoutMs = options.busyTimeoutMs } = {}) => {
      if (database.inTransaction) return await savepoint(database, work)
      return await inTransaction(statements, busyTimeoutMs, work)
    },
    [Symbol.asyncDispose]: async () => {
      if (!database.open) return
      try {
        for (const hook of closeHooks) await hook()
      } finally {
        prepared.clear()
        database.close()
      }
    },
  }
}

const NOTHING: QueryResult = { rows: [], affected: 0 }

/** Cheap look before the lexer: comments, transaction control and DROP are the only ones which are treated apart. */
const isControl = (sql: string): boolean => /^\s*(?:$|--|\/\*|;|begin|commit|end|rollback|drop)/i.test(sql)

/** Plain BEGIN and COMMIT of a file are passed over; a ROLLBACK would undo what the history reports as done. */
function endsTransaction(verb: string, sql: string): boolean {
  if (verb === 'BEGIN' || verb === 'COMMIT' || verb === 'END') return true
  if (verb === 'ROLLBACK' && !words(sql).includes('TO')) throw sqliteErrors.YAMA_SQLITE_ROLLBACK_STATEMENT({ statement: sql.trim() })
  return false
}

function register(hooks: Set<() => Promise<void>>, work: () => Promise<void>): () => void {
  hooks.add(work)
  return () => hooks.delete(work)
}

async function savepoint<T>(database: Database, work: () => Promise<T>): Promise<T> {
  database.exec('SAVEPOINT yama_nested')
  try {
    const result = await work()
    database.exec('RELEASE yama_nested')
    return result
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK TO yama_nested; RELEASE yama_nested')
    throw error
  }
}

function serverInfo(database: Database, { readOnly, version }: ConnectionOptions): ServerInfo {
  return {
    kind: 'sqlite',
    product: `SQLite ${version}`,
    version,
    major: Number.parseInt(version, 10),
    host: 'localhost',
    database: database.memory ? ':memory:' : database.name,
    user: userInfo().username,
    readOnly,
    pooler: false,
  }
}
