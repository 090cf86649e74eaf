import type { Command, LockOptions } from './dialect.ts'
import type { Direction, MigrationId } from './migration.ts'

export type JsonValue = null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue }

export type MigrationStatus = 'applied' | 'partial' | 'unknown' | 'reverted'

/** The state of one migration in one database; rebuildable from the events. */
export interface MigrationRow {
  readonly id: MigrationId
  readonly name: string
  readonly version: string
  readonly kind: string
  readonly status: MigrationStatus
  /** `id@link` of each parent when it was applied. */
  readonly parents: readonly string[]
  readonly covers?: readonly MigrationId[]
  readonly link: string
  readonly rawHash: string
  readonly semanticHash: string
  readonly stateBefore?: string
  readonly stateAfter?: string
  /** The file's text; the dialect compresses it. Left out by `read()`. */
  readonly body?: string
  readonly downBody?: string
  readonly runId: string
  readonly appliedSeq: number
  /** ISO 8601, server time. */
  readonly appliedAt: string
  /** In ms; migrations that were sent together share their time equally. */
  readonly durationMs: number
  readonly gitCommit?: string
  readonly toolVersion: string
}

export type EventType =
  | 'run.started'
  | 'run.finished'
  | 'migration.started'
  | 'migration.succeeded'
  | 'migration.failed'
  | 'migration.aborted'
  | 'migration.reverted'
  | 'step.healed'
  | 'lock.taken_over'
  | 'lock.released'
  | 'edit.accepted'
  | 'marked_applied'
  | 'marked_reverted'
  | 'baselined'
  | 'adopted'
  | 'checkpoint.adopted'
  | 'drift.detected'
  | 'drift.absorbed'
  | 'plan.approved'
  | 'database.reset'
  | 'backup.made'
  | 'retried'
  | 'forgotten'
  | 'state.rebuilt'
  | 'pinned'
  | 'tagged'

/** Who did it: database user, OS user, host, CI job, application, git commit. */
export type Actor = Readonly<Record<string, string>>

/** One line of the append-only, hash-chained log. */
export interface EventRow {
  readonly seq: number
  readonly at: string
  readonly runId: string
  readonly type: EventType
  readonly migrationId?: MigrationId
  readonly attempt?: number
  readonly actor: Actor
  readonly payload: Readonly<Record<string, JsonValue>>
  /** 64 hex digits. */
  readonly prevHash: string
  readonly hash: string
}

/**
 * The statement journal of a migration that is not one transaction: a row for each statement that commits by itself, and
 * one, with its first statement's number, for each group that commits together.
 */
export interface StepRow {
  readonly migrationId: MigrationId
  readonly attempt: number
  readonly n: number
  readonly group: number
  readonly direction: Direction
  readonly mode: 'tx' | 'autocommit' | 'backfill'
  readonly statementHash: string
  readonly sql: string
  readonly state: 'intent' | 'done' | 'failed' | 'skipped' | 'healed'
  readonly expect?: JsonValue
  readonly backend?: JsonValue
  readonly startedAt: string
  readonly finishedAt?: string
  readonly rows?: number
  readonly progress?: JsonValue
  readonly error?: JsonValue
}

/** The compressed facts of the schema after a run, so that drift needs no scratch database. */
export interface SnapshotRow {
  /** Tag of dialect, major version and format: `pg15:s1`. */
  readonly tag: string
  readonly stateHash: string
  readonly facts: string
  readonly at: string
  readonly runId: string
}

/**
 * Everything Yama writes about a run; the dialect turns each into commands for the same batch as the work.
 * `migration`, `step`, `meta` and `snapshot` insert or replace by their key; `event` only inserts. A row reads back as it
 * was written: events are hashed by core, so `at` keeps its milliseconds and absent members stay absent.
 * Core adds one `meta` row `chain_head` = `seq:hash` to every batch with events, which makes a cut-off log visible.
 */
export type HistoryWrite =
  | { readonly write: 'migration'; readonly row: MigrationRow }
  | {
      readonly write: 'migration-status'
      readonly id: MigrationId
      readonly status: MigrationStatus
      readonly fields?: Partial<MigrationRow>
    }
  /** How long migrations took that were recorded before it was known, in ms. */
  | { readonly write: 'durations'; readonly ms: readonly (readonly [MigrationId, number])[] }
  | { readonly write: 'event'; readonly row: EventRow }
  | { readonly write: 'step'; readonly row: StepRow }
  /** `database`: of the database itself instead of the project, such as its id. */
  | { readonly write: 'meta'; readonly key: string; readonly value: string; readonly database?: true }
  | { readonly write: 'snapshot'; readonly row: SnapshotRow }

/** What a history says of itself, however long it is. */
export interface HistoryHead {
  /** False where Yama's tables do not exist yet; everything else is then empty. */
  readonly exists: boolean
  readonly databaseId: string
  readonly environment: string | undefined
  readonly format: number
  /** `seq` and `hash` of the last event row; 0 and 64 zeros where there is none. What `chain_head` says of it is in `meta`. */
  readonly chainSeq: number
  readonly chainHead: string
  /** Every `meta` row of the project and of the database, by key: `chain_head`, `tag:v1.4`, whatever core wrote. */
  readonly meta?: Readonly<Record<string, string>>
  /** Server time of the read, ISO 8601 in UTC with milliseconds, as every other time: `2026-11-20T09:30:00.000Z`. */
  readonly now: string
}

/** What one read brings: everything a plan needs, in one round trip. */
export interface HistoryState extends HistoryHead {
  /**
   * Before the first run: the tables of anybody that are there, by name and by `schema.name`, lower case. What a plan drops beside
   * them is nobody's data. Absent where there is a history.
   */
  readonly tables?: readonly string[]
  readonly migrations: readonly MigrationRow[]
  /** Steps left in `intent` or `failed`: a run that did not finish. */
  readonly openSteps: readonly StepRow[]
}

/** Generation of the history tables that this version reads and writes. */
export const HISTORY_FORMAT = 1

/** `prevHash` of the first event. */
export const CHAIN_START = '0'.repeat(64)

export interface EventFilter {
  /** Only those of these migrations. */
  readonly migrationIds?: readonly MigrationId[]
  readonly limit?: number
  /** Only events after this `seq`: a long log is read in pages. */
  readonly after?: number
}

export interface HistoryStore {
  /**
   * Creates or upgrades the tables, safely against a second process doing the same. Where somebody else keeps a whole file from
   * being written, it waits as for the lock and rejects as that does, with YAMA_LOCK_BUSY.
   */
  ensure(waiting?: LockOptions): Promise<void>
  /** Never creates anything. */
  read(): Promise<HistoryState>
  /** The same without the migrations and their steps. */
  head(): Promise<HistoryHead>
  /** The migrations whose status is `applied`, none where there is no history: all that the end of a run has to know of a long one. */
  applied(): Promise<ReadonlySet<MigrationId>>
  /** In order of `seq`. With `limit` the newest ones; with `after` those whose `seq` is greater, of which `limit` takes the oldest. */
  events(filter?: EventFilter): Promise<readonly EventRow[]>
  /** The journal of these migrations, each in the order of attempts and statements. */
  steps(ids: readonly MigrationId[]): Promise<readonly StepRow[]>
  /** The stored text of a migration. */
  body(id: MigrationId): Promise<{ readonly body: string; readonly downBody?: string } | undefined>
  snapshot(): Promise<SnapshotRow | undefined>
  /** Commands for the caller's batch; reads nothing. */
  encode(writes: readonly HistoryWrite[]): readonly Command[]
  /** A command that fails inside the batch when `token` is no longer the current fence. */
  fence(token: number): Command
}
