import type { CommitGroup } from '../contract/plan.ts'
import type { ActiveRun } from './active-run.ts'

/**
 * The statements that come after what is sent now: of the next group of the migration that runs, or of the first group of a migration
 * of the plan. None where a hook or code may do something in between.
 */
export function statementsAhead({ bus, plan }: ActiveRun, next: CommitGroup | number): readonly string[] {
  if (bus.has('step') || bus.has('migration')) return []
  const group = typeof next === 'number' ? plan.migrations[next]?.groups[0] : next
  const steps = group?.steps ?? []
  const statements = steps.flatMap(({ step }) => (step.kind === 'sql' && step.secret === undefined ? [step.text] : []))
  return statements.length === steps.length ? statements : []
}
