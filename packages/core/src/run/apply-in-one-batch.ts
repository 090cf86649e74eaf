import { isBatchFailure } from '../errors/batch-failure.ts'
import type { PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { outcome, type ActiveRun } from './active-run.ts'
import { failMigration, type Failure } from './migration-failure.ts'

/** Fence, statements and history in one transaction and one round trip. */
export async function applyInOneBatch(run: ActiveRun, planned: PlannedMigration): Promise<void> {
  const steps = planned.groups.flatMap((group) => group.steps)
  const { writes, commit } = outcome(run, planned, 0)
  const start = performance.now()
  const commands = [run.history.fence(run.token), ...steps.map(toCommand), ...run.history.encode(writes)]
  try {
    await run.connection.batch(commands, { transaction: true }, run.signal)
  } catch (error) {
    throw await failMigration(run, planned, locate(error, steps, commands.length))
  }
  commit()
  const duration = Math.round(performance.now() - start)
  if (duration > 0 && planned.direction === 'up') run.durations.set(planned.node.migration.id, duration)
}

const toCommand = ({ step }: PlannedStep): { readonly sql: string } => ({ sql: step.kind === 'sql' ? step.text : '' })

function locate(error: unknown, steps: readonly PlannedStep[], commands: number): Failure {
  if (!isBatchFailure(error)) return { where: 'commit', cause: error, committed: [] }
  const { index, cause } = error
  if (index === 0) return { where: 'fence', cause, committed: [] }
  const step = steps[index - 1]
  if (step !== undefined) return { where: 'step', cause, step, committed: [] }
  return { where: index < commands ? 'history' : 'commit', cause, committed: [] }
}
