import type { Connection } from './dialect.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { LockReport, ServerInfo } from './dialect.ts'
import type { AuditReport } from '../audit/audit-history.ts'
import type { StoredMigration } from './config.ts'
import type { EventFilter, EventRow, HistoryState, JsonValue, MigrationRow, SnapshotRow } from './history.ts'
import type { GraphNode, MigrationGraph } from './graph.ts'
import type { Direction, MigrationId } from './migration.ts'
import type { FoundStep, Plan, Target } from './plan.ts'

export interface RunReport {
  readonly runId: string
  readonly applied: readonly MigrationId[]
  readonly reverted: readonly MigrationId[]
  readonly durationMs: number
  readonly diagnostics: readonly Diagnostic[]
}

export interface ApplyOptions {
  readonly signal?: AbortSignal
  /** The plan's digest, given by a person: needed where the plan loses data. */
  readonly confirm?: string
  readonly reason?: string
}

/** Files and database side by side. */
export interface Status {
  readonly history: HistoryState
  readonly applied: readonly MigrationRow[]
  readonly pending: readonly GraphNode[]
  /** Applied, and no file. */
  readonly missing: readonly MigrationRow[]
  /** Applied, and the file now means something else. */
  readonly edited: readonly GraphNode[]
  /** Applied, and the file differs in comments or formatting only. */
  readonly cosmetic: readonly GraphNode[]
  /** Headerless files that sort before something already applied. */
  readonly late: readonly GraphNode[]
  /** Repeatable migrations that the next complete run runs: new, changed, or with every run. */
  readonly repeatable: readonly GraphNode[]
  /** Maximal applied migrations. */
  readonly heads: readonly MigrationId[]
}

/** A migration whose run did not end, with the evidence. */
export interface OpenMigration {
  readonly id: MigrationId
  readonly name: string
  readonly direction: Direction
  readonly attempt: number
  /** Statements which are done for certain, of how many; undefined without its file. */
  readonly done: number
  readonly total?: number
  /** The statement that was under way. */
  readonly found?: FoundStep
  /** Why it cannot go on by itself; absent where the next run continues it. */
  readonly obstacle?: string
}

export type RepairAction = 'accept-edit' | 'mark-applied' | 'mark-reverted' | 'retry' | 'forget'

/** What a rebuilt state differs in from what was there. */
export interface RebuildReport {
  /** Rows made again from the log. */
  readonly written: readonly MigrationId[]
  /** Rows that the log does not know. */
  readonly removed: readonly MigrationId[]
  /** Rows whose text is in no file and in no row any more. */
  readonly withoutText: readonly MigrationId[]
}

export interface Tag {
  readonly name: string
  readonly heads: readonly MigrationId[]
}

/** An applied migration whose file means something else: what ran, and what the file says. */
export interface Edit {
  readonly id: MigrationId
  readonly file: string
  /** As `diff -u` prints it; empty where only conditions outside of the text changed. */
  readonly diff: string
}

export interface ReleaseOptions {
  /** Why; kept in the history. */
  readonly reason: string
  /** Also from a holder that is alive: its session is ended and what it was about to commit is refused. Default false. */
  readonly force?: boolean
}

/** One database of a project. */
export interface Yama extends AsyncDisposable {
  /** Who answers at the other end: product, version, database, user. */
  server(): Promise<ServerInfo>
  graph(): Promise<MigrationGraph>
  history(filter?: EventFilter): Promise<readonly EventRow[]>
  /** Rejects with YAMA_ENVIRONMENT_MISMATCH where the database belongs to another environment. */
  status(): Promise<Status>
  /**
   * Reads the whole log, checks its chain and compares the state with it; writes nothing. `anchor` is a `seq:hash` that was
   * kept elsewhere: a log that was rewritten as a whole fits itself, and not the anchor.
   */
  audit(options?: { readonly anchor?: string; readonly onPage?: (events: number) => void }): Promise<AuditReport>
  /**
   * What the database itself tells after a run: indexes and constraints that are half-done, a log that does not end where it
   * should. With `deep` also what only reading the data tells.
   */
  examine(options?: { readonly deep?: boolean }): Promise<readonly Diagnostic[]>
  /** The schema that the last run left, where it was stored. */
  snapshot(): Promise<SnapshotRow | undefined>
  /** What the database keeps of a migration: its row and the text that was run. */
  stored(id: MigrationId): Promise<StoredMigration | undefined>
  /** The differences between what was run and what the files say, of every edited migration. */
  edits(): Promise<readonly Edit[]>
  /** The migrations that a target means, as `up` and `down` read it; none for `base`. */
  resolve(target: string): Promise<readonly MigrationId[]>
  /** Rejects with a code for everything that must be refused; writes nothing. */
  plan(target: Target): Promise<Plan>
  /** Applies exactly this plan. Rejects with YAMA_PLAN_STALE when the database has moved on since. */
  apply(plan: Plan, options?: ApplyOptions): Promise<RunReport>
  /** What a run that did not end has left, as the database shows it now. Waits for a run that goes on; changes nothing. */
  open(): Promise<readonly OpenMigration[]>
  /** Records migrations as applied without running them: a database that already exists. */
  baseline(ids: readonly MigrationId[] | 'all', options: { readonly reason: string }): Promise<RunReport>
  repair(action: RepairAction, id: MigrationId, options: { readonly reason: string }): Promise<void>
  /** Makes the rows of the state again from the log. Rejects with YAMA_AUDIT_BROKEN where the log does not hold. */
  rebuildState(options: { readonly reason: string }): Promise<RebuildReport>
  /** Gives the database to the environment of this configuration, with a new id. Rejects with YAMA_PIN_SAME. */
  pin(options: { readonly reason: string }): Promise<{ readonly from: string | undefined }>
  tags(): Promise<readonly Tag[]>
  /** Binds a name to the heads of what is applied, or to `at`. Rejects with YAMA_TAG_EXISTS, YAMA_TAG_NAME. */
  tag(name: string, options?: { readonly at?: string; readonly force?: boolean; readonly remove?: boolean }): Promise<Tag>
  /**
   * Empties a development database under the lock: runs `empty` on the locked connection, then records that everything is
   * reverted, as an event of its own. The log stays. What may be emptied is for the caller to know.
   */
  reset(empty: (connection: Connection) => Promise<void>, options: { readonly reason: string }): Promise<void>
  /**
   * Settles what was changed by hand: writes `drift.detected` with the payload, runs `work` on the locked connection, and writes
   * `drift.absorbed`, with the schema that `work` gives as the one that counts from now on; undefined leaves it as it is.
   */
  settleDrift(
    work: (connection: Connection) => Promise<Omit<SnapshotRow, 'at' | 'runId'> | undefined>,
    options: { readonly reason: string; readonly payload: Readonly<Record<string, JsonValue>> },
  ): Promise<void>
  /** Who holds the lock and how that is known, without taking it; undefined where nobody does. */
  lock(): Promise<LockReport | undefined>
  /**
   * Takes the lock from its holder and records it as `lock.released`; gives what was known of the holder. Rejects with YAMA_LOCK_FREE,
   * with YAMA_LOCK_ALIVE where the holder is alive and `force` is not set, and with YAMA_LOCK_CHANGED where another one has it by now.
   */
  releaseLock(options: ReleaseOptions): Promise<LockReport>
  /** Diagnostics of the plugins' checks and of the graph against the history. */
  check(): Promise<readonly Diagnostic[]>
}

export type RunEvent =
  | { readonly type: 'run:started'; readonly runId: string; readonly total: number }
  | { readonly type: 'run:finished'; readonly runId: string; readonly durationMs: number }
  | { readonly type: 'lock:waiting'; readonly waitedMs: number; readonly holder?: string }
  | {
      readonly type: 'migration:started'
      readonly id: MigrationId
      readonly name: string
      readonly direction: Direction
      readonly index: number
      readonly total: number
    }
  | { readonly type: 'migration:finished'; readonly id: MigrationId; readonly direction: Direction; readonly durationMs: number }
  | { readonly type: 'migration:failed'; readonly id: MigrationId; readonly direction: Direction; readonly code: string }
  /** Only where a migration runs statement by statement; one sent in a single round trip has no steps to tell apart. */
  | {
      readonly type: 'step:finished'
      readonly id: MigrationId
      readonly index: number
      readonly total: number
      readonly durationMs: number
      readonly rows: number
    }
  | { readonly type: 'notice'; readonly message: string; readonly migration?: MigrationId }
