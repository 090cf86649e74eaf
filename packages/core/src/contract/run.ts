import type { Connection } from './dialect.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { ServerInfo } from './dialect.ts'
import type { EventRow, HistoryState, MigrationRow } from './history.ts'
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

export type RepairAction = 'accept-edit' | 'mark-applied' | 'mark-reverted'

/** One database of a project. */
export interface Yama extends AsyncDisposable {
  /** Who answers at the other end: product, version, database, user. */
  server(): Promise<ServerInfo>
  graph(): Promise<MigrationGraph>
  history(filter?: { readonly migrationId?: MigrationId; readonly limit?: number }): Promise<readonly EventRow[]>
  status(): Promise<Status>
  /** Rejects with a code for everything that must be refused; writes nothing. */
  plan(target: Target): Promise<Plan>
  /** Applies exactly this plan. Rejects with YAMA_PLAN_STALE when the database has moved on since. */
  apply(plan: Plan, options?: ApplyOptions): Promise<RunReport>
  /** What a run that did not end has left, as the database shows it now. Waits for a run that goes on; changes nothing. */
  open(): Promise<readonly OpenMigration[]>
  /** Records migrations as applied without running them: a database that already exists. */
  baseline(ids: readonly MigrationId[] | 'all', options: { readonly reason: string }): Promise<RunReport>
  repair(action: RepairAction, id: MigrationId, options: { readonly reason: string }): Promise<void>
  /**
   * Empties a development database under the lock: runs `empty` on the locked connection, then records that everything is
   * reverted, as an event of its own. The log stays. What may be emptied is for the caller to know.
   */
  reset(empty: (connection: Connection) => Promise<void>, options: { readonly reason: string }): Promise<void>
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
