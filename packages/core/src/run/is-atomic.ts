import type { CommitGroup } from '../contract/plan.ts'
import type { ActiveRun } from './active-run.ts'

/** Whether a transaction around the group keeps it whole: not where a table's engine knows none. */
export async function isAtomic({ config, connection }: ActiveRun, { steps }: Pick<CommitGroup, 'steps'>): Promise<boolean> {
  const { probe } = config.dialect
  if (probe?.atomic === undefined) return true
  const statements = steps.flatMap(({ step, effect }) => (step.kind === 'sql' && effect?.class === 'dml' ? [step.text] : []))
  return statements.length === 0 || (await probe.atomic(connection, statements))
}
