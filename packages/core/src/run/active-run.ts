import type { YamaConfig } from '../contract/config.ts'
import type { Connection, SessionKeeper } from '../contract/dialect.ts'
import type { HistoryStore, HistoryWrite, JsonValue, MigrationRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { Plan, PlannedMigration } from '../contract/plan.ts'
import type { HookBus } from '../hooks/hook-bus.ts'
import type { StepRunner } from '../plugins/resolve-plugins.ts'
import type { Emit } from './emitter.ts'
import { historyFailure } from './history-failure.ts'
import type { Journal, JournalEntry, Prepared } from './journal.ts'
import { migrationRow } from './migration-row.ts'
import { rowPayload } from './row-payload.ts'

/** What a migration took. */
export interface Measured {
  readonly durationMs: number
  /** Rows that its statements changed, as the server counts them. */
  readonly rows: number
}

/** Everything the parts of one run share. */
export interface ActiveRun {
  readonly config: YamaConfig
  readonly plan: Plan
  readonly connection: Connection
  readonly history: HistoryStore
  readonly journal: Journal
  readonly token: number
  readonly bus: HookBus
  readonly steps: ReadonlyMap<string, StepRunner>
  readonly signal: AbortSignal
  readonly emit: Emit
  readonly linkOf: (id: MigrationId) => string | undefined
  readonly startedAt: number
  readonly reason: string | undefined
  /** The session that runs the statements, for those who look for it later; asked for once. */
  readonly backend: () => Promise<JsonValue | undefined>
  /** Those that the plan applies, and does not revert. */
  readonly ups: ReadonlySet<MigrationId>
  /** Ids in the order in which they were finished. */
  readonly done: MigrationId[]
  /** What became known only after the row and the event were written: of migrations that are one round trip. */
  readonly measured: Map<MigrationId, Measured>
  /** The numbers of the next attempts, as far as they were looked up. */
  readonly attempts: Map<MigrationId, number>
  /** Of the migration that runs, where it may leave its session otherwise. */
  keeper: SessionKeeper | undefined
  /** What ended the run, already recorded. */
  failure: unknown
}

/** Writes history alone, in a transaction, if the lock is still this run's. `ahead`: the statements that come next. */
export async function writeHistory(
  run: ActiveRun,
  writes: readonly HistoryWrite[],
  entries: readonly JournalEntry[] = [],
  ahead: readonly string[] = [],
): Promise<void> {
  const events = run.journal.prepare(entries)
  try {
    const own = run.keeper?.own ?? []
    const commands = [...own, run.history.fence(run.token), ...run.history.encode([...writes, ...events.writes])]
    await run.connection.batch(commands, { transaction: true, ahead })
  } catch (error) {
    throw historyFailure(run.config.dialect, error, entries[0]?.migrationId ?? 'the run')
  }
  events.commit()
}

/** The end of a migration: its row or status, and the event. */
export interface Outcome {
  readonly writes: readonly HistoryWrite[]
  readonly events: Prepared
  /** Called when the batch with the writes is committed. */
  readonly commit: () => void
}

/**
 * What is written when a migration ends. `measured` is known where its statements have run by then; `after` is the end of one
 * that is sent before it and not committed yet.
 */
export function outcome(run: ActiveRun, { node, direction }: PlannedMigration, measured?: Measured, after?: Outcome): Outcome {
  const id = node.migration.id
  const payload = {
    plan: run.plan.digest,
    ...(direction === 'up' ? rowPayload(node, run.linkOf) : { link: node.link }),
    ...(node.migration.elsewhere === true ? { elsewhere: true } : {}),
    ...measured,
  }
  const type = direction === 'down' ? 'migration.reverted' : node.migration.adopted === true ? 'checkpoint.adopted' : 'migration.succeeded'
  const events = run.journal.prepare([{ type, migrationId: id, payload }], after?.events)
  const event = events.rows[0]
  const row = rowOf(run, node, 'applied', event?.seq ?? 0, event?.at ?? run.journal.clock(), measured?.durationMs ?? 0)
  const change: HistoryWrite =
    direction === 'up' ? { write: 'migration', row } : { write: 'migration-status', id, status: 'reverted', fields: { runId: row.runId } }
  return {
    writes: [change, ...events.writes],
    events,
    commit: () => {
      events.commit()
      run.done.push(id)
    },
  }
}

/** Marks a migration as begun, together with its first effect. What undoes a beginning may find no row yet. */
export function partialWrite(run: ActiveRun, { node, direction, resume }: PlannedMigration): HistoryWrite {
  const id = node.migration.id
  if (direction === 'down' && resume?.journal !== 'up') return { write: 'migration-status', id, status: 'partial' }
  const next = run.journal.prepare([{ type: 'migration.started' }]).rows[0]
  return { write: 'migration', row: rowOf(run, node, 'partial', next?.seq ?? 0, run.journal.clock(), 0) }
}

function rowOf(
  run: ActiveRun,
  node: PlannedMigration['node'],
  status: MigrationRow['status'],
  appliedSeq: number,
  appliedAt: string,
  durationMs: number,
): MigrationRow {
  const { config, journal, linkOf } = run
  const { toolVersion = '0.0.0', actor } = config
  return migrationRow(node, {
    status,
    runId: journal.runId,
    appliedSeq,
    appliedAt,
    durationMs,
    toolVersion,
    gitCommit: actor?.['gitCommit'] ?? actor?.['commit'],
    linkOf,
  })
}
