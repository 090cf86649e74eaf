/// <reference lib="esnext.disposable" preserve="true" />
import type { Commutativity } from './effects.ts'
import type { FailureKind } from './failure.ts'
import type { AskedNeed, NeedAnswer } from './need.ts'
import type { HistoryStore } from './history.ts'
import type { Probe } from './probe.ts'
import type { StatementEffect } from './statement.ts'

/** The four databases. `satisfies Record<Dialect, …>` keeps every feature answering for all of them. */
export type DatabaseKind = 'postgres' | 'mysql' | 'mariadb' | 'sqlite'

export interface Capabilities {
  readonly transactionalDdl: boolean
  readonly lockScope: 'session' | 'transaction' | 'file'
  readonly concurrentIndex: boolean
  /** Can run several statements in one round trip. */
  readonly batch: boolean
}

/** Who answers at the other end; no secret in it, safe to print. */
export interface ServerInfo {
  readonly kind: DatabaseKind
  /** For people: `PostgreSQL 15.18`, `PGlite 17.4`, `SQLite 3.53.0`. */
  readonly product: string
  readonly version: string
  readonly major: number
  readonly host: string
  readonly database: string
  readonly user: string
  readonly readOnly: boolean
  /** Behind a transaction pooler nothing may depend on session state. */
  readonly pooler: boolean
}

export interface Command {
  readonly sql: string
  readonly parameters?: readonly unknown[]
}

export interface QueryResult {
  readonly rows: readonly Record<string, unknown>[]
  /** Rows changed, as the server counts them. */
  readonly affected: number
}

/** One session. Nothing is pooled: session locks and settings need one connection. */
export interface Connection extends AsyncDisposable {
  readonly server: ServerInfo
  execute(sql: string, parameters?: readonly unknown[], signal?: AbortSignal): Promise<QueryResult>
  /**
   * Runs the commands in order, in one round trip where the driver can, inside one transaction when asked.
   * Rejects with a BatchFailure that names the command; a failed transaction leaves nothing behind.
   */
  batch(commands: readonly Command[], options: BatchOptions, signal?: AbortSignal): Promise<readonly QueryResult[]>
  /**
   * Runs the commands in a transaction of their own and, once that is committed, a statement which commits by itself: in one round trip.
   * Rejects as `batch` does; one more than the number of commands is the index of the statement. Undefined where the statement cannot go with
   * others: nothing was run. Absent where the driver cannot.
   */
  commitThen?(commands: readonly Command[], statement: string, options: Ahead, signal?: AbortSignal): Promise<QueryResult | undefined>
  /**
   * Runs several transactions in order, each committed by itself, all in one round trip; stops at the first that fails.
   * Absent where the driver cannot. Never rejects because of a statement.
   */
  batches?(transactions: readonly (readonly Command[])[], signal?: AbortSignal): Promise<BatchesResult>
  /**
   * Runs the work in one transaction. `statements` are those that are known beforehand, so that the dialect can
   * prepare the session: SQLite switches foreign keys off around a transaction that rebuilds or drops a table.
   */
  transaction<T>(work: () => Promise<T>, options?: { readonly statements?: readonly string[] }): Promise<T>
}

/** What will be run next. With the same round trip a dialect may ask what it will need to know for it; it may as well do nothing. */
export interface Ahead {
  /** Statements in their order; none where something else may come before them. */
  readonly ahead?: readonly string[]
}

/** How commands are run together. */
export interface BatchOptions extends Ahead {
  /** All of them or none. */
  readonly transaction: boolean
}

/** How far several transactions came. */
export interface BatchesResult {
  /** How many are committed for certain, from the first on. */
  readonly committed: number
  /** Why the next one failed: a BatchFailure for one of its commands, else what the driver says. Absent where all are committed. */
  readonly failure?: unknown
  /** The text of a later transaction does not parse, or may not stand beside others: nothing of any was run. */
  readonly unread?: true
  /** What the commands of each committed transaction answered. */
  readonly results?: readonly (readonly QueryResult[])[]
}

/** Why a batch stopped: `index` is the command, or the number of commands where COMMIT itself failed; `cause` is the driver's own error. */
export interface BatchFailure extends Error {
  readonly isBatchFailure: true
  readonly index: number
  readonly cause: unknown
}

/** Who holds a lock, as far as the database and the owner's own words tell. */
export interface LockHolder {
  /** Of the session on the server; of the process where there is none. */
  readonly pid?: string
  /** The owner's process on `host`, where that is not `pid`. */
  readonly process?: string
  readonly user?: string
  readonly host?: string
  readonly application?: string
  /** ISO 8601. */
  readonly since?: string
  /** The statement that its session runs now. */
  readonly doing?: string
  /** The migration that it was at when it last said so. */
  readonly migration?: string
  /** Link to the CI job that runs it. */
  readonly ci?: string
}

export interface LockOptions {
  /** How long to poll, in ms; 0 tries once, Infinity never gives up. */
  readonly waitMs: number
  readonly signal?: AbortSignal
  readonly onWait?: (holder: LockHolder | undefined, waitedMs: number) => void
  /** Who takes it, in the names of the history; stands in the lease for those who ask. */
  readonly actor?: Readonly<Record<string, string>>
}

/** A lease that was still there and counted no longer. */
export interface TakenOver {
  readonly holder: LockHolder
  /** Its session or process is gone, its heartbeat is too old, or it came with a dump of another database. */
  readonly why: 'gone' | 'expired' | 'elsewhere'
}

/** A held lock. Disposing releases it. */
export interface Lock extends AsyncDisposable {
  readonly key: string
  /** Increases with every acquisition; a stale owner's token no longer matches. */
  readonly token: number
  readonly takenOver?: TakenOver
  isHeld(): Promise<boolean>
  /** Says which migration runs, for those who ask who holds the lock; written with a heartbeat, never in a round trip of the run. */
  note?(migration: string): void
}

/** What is known of a lock that somebody holds. */
export interface LockReport {
  readonly key: string
  readonly token: number
  readonly holder: LockHolder
  /** Whether the holder can still write. */
  readonly alive: 'yes' | 'no' | 'unknown'
  /** Why that is known, in sentences without a full stop. */
  readonly evidence: readonly string[]
  /** Age of the last heartbeat, in ms. */
  readonly heartbeatAgeMs?: number
}

/** One statement of a file, where it starts, and whether the server takes it in a transaction block. */
export interface SplitStatement {
  readonly text: string
  readonly offset: number
  readonly line: number
  readonly column: number
  readonly transaction: 'any' | 'none'
  /** Set where the statement itself begins or ends a transaction; the file source drops a pair or refuses the file. */
  readonly control?: TransactionControl
}

/** `other` is what cannot be left out without changing the meaning: ROLLBACK, COMMIT AND CHAIN, an isolation level. */
export type TransactionControl = 'begin' | 'commit' | 'other'

/** How a driver's error reads for people, with the place in the statement where the server names one. */
export interface DescribedFailure {
  readonly kind: FailureKind
  readonly message: string
  /** SQLSTATE or the driver's own code. */
  readonly code?: string
  readonly detail?: string
  readonly hint?: string
  /** 0-based offset in the statement's text. */
  readonly offset?: number
}

/** What a migration does with a session. */
export interface SessionWork {
  readonly statements: readonly string[]
  /** Besides these there is code, or a step of another kind, that may do anything. */
  readonly others: boolean
}

/** Gives a session what it had before a migration. */
export interface SessionKeeper {
  /** To be run in each transaction that writes its history, before that: whoever the migration became, the history is written by who it was. */
  readonly own: readonly Command[]
  giveBack(): Promise<void>
}

/** Open: a library above core states what it needs from a dialect (`@yama/schema` adds `schema`). */
export interface DialectExtensions {}

/** Something in the schema that was left half-done, or data that breaks it. */
export interface SchemaDefect {
  readonly kind: 'invalid-index' | 'unvalidated-constraint' | 'broken-reference' | 'damaged'
  /** For people: `index public.users_email_idx`. */
  readonly object: string
  readonly detail: string
}

/** Everything a database decides. */
export interface Dialect {
  readonly kind: DatabaseKind
  readonly capabilities: Capabilities
  readonly extensions: Partial<DialectExtensions>
  /** Rejects with YAMA_CONNECT_… codes; never prints a password. */
  connect(signal?: AbortSignal): Promise<Connection>
  createHistory(connection: Connection, options: { readonly project: string }): HistoryStore
  /** Rejects with YAMA_LOCK_BUSY when not obtained; never returns an unheld lock. */
  acquireLock(connection: Connection, key: string, options: LockOptions): Promise<Lock>
  /** Looks at the lock without touching it; undefined where nobody holds it. */
  inspectLock(connection: Connection, key: string): Promise<LockReport | undefined>
  /**
   * Takes the lock from its holder: fences it out and removes its lease in one transaction with `record`, and ends the session
   * that holds the mutex. Rejects with YAMA_LOCK_CHANGED where the lock is not the report's any more.
   */
  breakLock(connection: Connection, report: LockReport, record: () => Promise<void>): Promise<void>
  /** Splits by the dialect's lexer; never by searching for `;`. Throws YAMA_SQL_… with line and column. */
  splitStatements(sql: string): readonly SplitStatement[]
  /** Tokens without comments and formatting, for the semantic hash. */
  semanticTokens(sql: string): string
  /** What is known of a statement from its first words; advice, never trusted for correctness. */
  describeStatement(sql: string): StatementEffect
  describeFailure(error: unknown): DescribedFailure
  /** Why a statement cannot run through a transaction pooler although it may stand in a transaction; absent where there are no such poolers. */
  needsSession?(statement: string): string | undefined
  /** Makes `get_migration_history` and `get_current_schema_version` over the views of the history. Absent: the database keeps no functions. */
  createHistoryFunctions?(connection: Connection): Promise<void>
  /** Whether something is there that a migration says it needs. Absent: it cannot be told, and such a migration is refused. */
  answerNeed?(connection: Connection, need: AskedNeed): Promise<NeedAnswer>
  /** Defects that the catalogue tells; with `deep` also those that only reading the data tells. Absent: none can be told. */
  examine?(connection: Connection, options: { readonly deep: boolean }): Promise<readonly SchemaDefect[]>
  /** Reads and writes of statements, and which migrations conflict; loads its parser when it is first asked. */
  commutativity?(): Promise<Commutativity>
  /** Runs after a statement that ran alone, e.g. finds the INVALID index a failed CONCURRENTLY leaves. Rejects with a code. */
  checkAfter?(connection: Connection, statement: string): Promise<void>
  /**
   * Called before the statements of a migration; what it returns gives back what they changed of the session's settings, so that the
   * next migration does not depend on which ran in the same session. Undefined where they change nothing. Absent: nothing is given back.
   */
  keepSession?(connection: Connection, work: SessionWork): Promise<SessionKeeper | undefined>
  /** Absent: whether a statement whose end nobody heard took effect is for a person to say. */
  readonly probe?: Probe
}
