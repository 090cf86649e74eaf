import type { BatchesResult } from '../contract/dialect.ts'
import type { PlannedMigration } from '../contract/plan.ts'
import { outcome, type ActiveRun, type Outcome } from './active-run.ts'
import { batchOf, isPlain, locateFailure, rowsOf } from './apply-in-one-batch.ts'
import { isAtomic } from './is-atomic.ts'
import { failMigration } from './migration-failure.ts'

/**
 * A group shall take no longer than this beside its way there and back, in ms, so that a run can be watched and stopped; over a
 * slow connection ten times as long as the way.
 */
const PATIENCE = 100
const MOST = 256
/** Of statements, in characters. */
const LONGEST = 256 * 1024

/** How many migrations are sent at once: as many as the last ones let expect to be done soon. */
export interface Pace {
  /** The migrations to send together, from an index on; fewer than two where they cannot be. */
  next(from: number): readonly PlannedMigration[]
  /** What the last group, or a single migration, took in ms. */
  took(count: number, durationMs: number): void
}

/** `exchangeMs`: what a write with hardly any content took on this connection. */
export function createPace(run: ActiveRun, exchangeMs: number): Pace {
  const { bus, connection, plan } = run
  // Hooks see each migration before and after it runs.
  const alone = connection.batches === undefined || bus.has('step') || bus.has('migration')
  const wayMs = Math.min(exchangeMs, PATIENCE / 2)
  const patience = Math.max(PATIENCE, wayMs * 10)
  let size = 1
  return {
    next: (from) => {
      const group: PlannedMigration[] = []
      let length = 0
      for (let at = from; !alone && group.length < size; at++) {
        const planned = plan.migrations[at]
        if (planned === undefined || planned.resume !== undefined || !isPlain(planned)) break
        for (const { step } of planned.groups[0]?.steps ?? []) if (step.kind === 'sql') length += step.text.length
        if (length > LONGEST && group.length > 0) break
        group.push(planned)
      }
      return group
    },
    took: (count, durationMs) => {
      const contentMs = durationMs - wayMs
      if (contentMs > patience) size = Math.max(1, Math.floor((count * patience) / contentMs))
      else if (contentMs < patience / 2 && count >= size)
        size = Math.min(MOST, size * (contentMs < patience / 32 ? 16 : contentMs < patience / 8 ? 4 : 2))
    },
  }
}

/**
 * Sends several plain migrations in one round trip, each in a transaction of its own with its history. Returns how many are
 * done: all of them, or none where the texts cannot go together, so that each has to be sent alone. Rejects as
 * a migration alone does.
 */
export async function applyTogether(run: ActiveRun, group: readonly PlannedMigration[], index: number): Promise<number> {
  if (!(await isAtomic(run, { steps: group.flatMap(({ groups }) => groups.flatMap(({ steps }) => steps)) }))) return 0
  const total = run.plan.migrations.length
  const starts = async (planned: PlannedMigration, at: number): Promise<void> => {
    const { id, name } = planned.node.migration
    await run.emit({ type: 'migration:started', id, name, direction: planned.direction, index: index + at, total })
  }
  const outcomes: Outcome[] = []
  for (const planned of group) outcomes.push(outcome(run, planned, undefined, outcomes.at(-1)))
  const transactions = group.map((planned, at) => batchOf(run, planned, outcomes[at]?.writes ?? []))
  const start = performance.now()
  // Rejects where nothing was sent: the run was stopped, or the session is gone.
  const refused = (failure: unknown): BatchesResult => ({ committed: 0, failure })
  const { committed, failure, unread, results = [] } = await run.connection.batches!(transactions, run.signal).catch(refused)
  if (unread === true) return 0
  const durationMs = Math.round((performance.now() - start) / group.length)
  for (const [at, planned] of group.slice(0, committed).entries()) {
    const { id } = planned.node.migration
    outcomes[at]?.commit()
    run.measured.set(id, { durationMs, rows: rowsOf(planned, results[at] ?? []) })
    await starts(planned, at)
    await run.emit({ type: 'migration:finished', id, direction: planned.direction, durationMs })
  }
  const failed = group[committed]
  if (failed === undefined) return committed
  await starts(failed, committed)
  throw await failMigration(run, failed, locateFailure(failure, failed, transactions[committed]?.length ?? 0))
}
