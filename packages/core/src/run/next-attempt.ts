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

/** A number that no earlier attempt at this migration has in the journal. */
export async function nextAttempt(run: ActiveRun, { node }: PlannedMigration): Promise<number> {
  const migrationId = node.migration.id
  const [events, steps] = [await run.history.events({ migrationId }), await run.history.steps(migrationId)]
  return 1 + Math.max(events.filter(({ type }) => ENDED.has(type)).length, ...steps.map(({ attempt }) => attempt))
}
