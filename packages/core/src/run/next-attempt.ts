import type { PlannedMigration } from '../contract/plan.ts'
import type { ActiveRun } from './active-run.ts'

const ENDED = new Set([
  'migration.failed',
  'migration.aborted',
  'migration.succeeded',
  'migration.reverted',
  'marked_applied',
  'marked_reverted',
  'retried',
])

/** So many migrations are looked up at once. */
const AHEAD = 500

/** A number that no earlier attempt at this migration has in the journal. */
export async function nextAttempt(run: ActiveRun, planned: PlannedMigration): Promise<number> {
  const { id } = planned.node.migration
  if (!run.attempts.has(id)) await lookUp(run, run.plan.migrations.indexOf(planned))
  const attempt = run.attempts.get(id) ?? 1
  // Where a plan takes a migration back and applies it again, what this run writes counts as well.
  run.attempts.delete(id)
  return attempt
}

async function lookUp({ plan, history, attempts }: ActiveRun, from: number): Promise<void> {
  const ids = [...new Set(plan.migrations.slice(from, from + AHEAD).map(({ node }) => node.migration.id))]
  const [events, steps] = [await history.events({ migrationIds: ids }), await history.steps(ids)]
  const ended = new Map<string, number>()
  const last = new Map<string, number>()
  for (const { type, migrationId = '' } of events) if (ENDED.has(type)) ended.set(migrationId, (ended.get(migrationId) ?? 0) + 1)
  for (const { migrationId, attempt } of steps) last.set(migrationId, Math.max(attempt, last.get(migrationId) ?? 0))
  for (const id of ids) attempts.set(id, 1 + Math.max(ended.get(id) ?? 0, last.get(id) ?? 0))
}
