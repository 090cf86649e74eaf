import { userInfo } from 'node:os'
import type { Command, Connection, QueryResult, ServerInfo } from '@yama/core'
import { batchFailure } from '@yama/core'
import { lexerRules, statementWords } from '@yama/sql'
import { sqliteErrors } from '../errors/errors.ts'
import { bindValue } from './bind-value.ts'
import { needsForeignKeysOff, switchForeignKeysOff } from './foreign-key-guard.ts'
import type { Database, Statement } from './open-database.ts'
import { checkCopiedRows } from './rebuild-guard.ts'

/** What the lock uses of a connection besides the contract, where it has it: a wrapper around one may not. */
export interface SqliteConnection extends Connection {
  /** Runs inside every transaction just before its COMMIT; returns its removal. */
  readonly beforeCommit?: (work: () => Promise<void>) => () => void
}

const CACHED_STATEMENTS = 256
const words = (sql: string): readonly string[] => statementWords(sql, lexerRules.sqlite)

/** One better-sqlite3 handle as a session. The driver is synchronous: while a statement runs, nothing else in the process does. */
export function createConnection(database: Database, readOnly: boolean): SqliteConnection {
  const prepared = new Map<string, Statement>()
  const hooks = new Set<() => Promise<void>>()

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
    // Only parameterised commands repeat; the text of a migration runs once.
    const statement = prepare(sql, parameters.length > 0)
    const values = parameters.map(bindValue)
    if (statement.reader) return { rows: statement.all(...values) as Record<string, unknown>[], affected: 0 }
    return { rows: [], affected: statement.run(...values).changes }
  }

  /** Plain BEGIN and COMMIT of a file are passed over; a ROLLBACK would undo what the history reports as done. */
  const endsTransaction = (verb: string, sql: string): boolean => {
    if (verb === 'BEGIN' || verb === 'COMMIT' || verb === 'END') return true
    if (verb === 'ROLLBACK' && !words(sql).includes('TO')) throw sqliteErrors.YAMA_SQLITE_ROLLBACK_STATEMENT({ statement: sql.trim() })
    return false
  }

  const begin = (statements: readonly string[]): { readonly commit: () => Promise<void>; readonly rollback: () => void } => {
    const guard = needsForeignKeysOff(statements, words) ? switchForeignKeysOff(database) : undefined
    try {
      database.exec('BEGIN IMMEDIATE')
    } catch (error) {
      guard?.restore()
      throw error
    }
    return {
      commit: async () => {
        guard?.check()
        for (const hook of hooks) await hook()
        database.exec('COMMIT')
        guard?.restore()
      },
      rollback: () => {
        if (database.inTransaction) database.exec('ROLLBACK')
        guard?.restore()
      },
    }
  }

  const inTransaction = async <T>(statements: readonly string[], work: () => T | Promise<T>): Promise<T> => {
    const open = begin(statements)
    try {
      const result = await work()
      await open.commit()
      return result
    } catch (error) {
      open.rollback()
      throw error
    }
  }

  const connection: SqliteConnection = {
    server: serverInfo(database, readOnly),
    beforeCommit: (work) => {
      hooks.add(work)
      return () => hooks.delete(work)
    },
    execute: async (sql, parameters, signal) => {
      signal?.throwIfAborted()
      return run(sql, parameters)
    },
    batch: async (commands, options, signal) => {
      const all = (): readonly QueryResult[] => commands.map((command, index) => runCommand(command, index, signal))
      if (!options.transaction || database.inTransaction) return all()
      return await inTransaction(commands.map((command) => command.sql), all)
    },
    transaction: async (work, options) => {
      if (database.inTransaction) return await savepoint(database, work)
      return await inTransaction(options?.statements ?? [], work)
    },
    [Symbol.asyncDispose]: async () => {
      prepared.clear()
      hooks.clear()
      database.close()
    },
  }

  const runCommand = (command: Command, index: number, signal: AbortSignal | undefined): QueryResult => {
    try {
      signal?.throwIfAborted()
      return run(command.sql, command.parameters)
    } catch (cause) {
      throw batchFailure(index, cause)
    }
  }
  return connection
}

const NOTHING: QueryResult = { rows: [], affected: 0 }

/** Cheap look before the lexer: comments, transaction control and DROP are the only ones which are treated apart. */
const isControl = (sql: string): boolean => /^\s*(?:$|--|\/\*|;|begin|commit|end|rollback|drop)/i.test(sql)

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

function serverInfo(database: Database, readOnly: boolean): ServerInfo {
  const version = String(database.prepare('SELECT sqlite_version()').pluck().get())
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
