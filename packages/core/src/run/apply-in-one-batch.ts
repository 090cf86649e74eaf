import type { Command, QueryResult } from '../contract/dialect.ts'
import type { HistoryWrite } from '../contract/history.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import type { PlannedMigration, PlannedStep } from '../contract/plan.ts'
import { outcome, type ActiveRun } from './active-run.ts'
import { failMigration, type Failure } from './migration-failure.ts'
import { statementsAhead } from './statements-ahead.ts'

/** Fence, statements and history in one transaction and one round trip. */
export async function applyInOneBatch(run: ActiveRun, planned: PlannedMigration): Promise<void> {
  const { writes, commit } = outcome(run, planned)
  const start = performance.now()
  const commands = batchOf(run, planned, writes)
  let results: readonly QueryResult[]
  try {
    const ahead = statementsAhead(run, run.done.length + 1)
    results = await run.connection.batch(commands, { transaction: true, ahead }, run.signal)
  } catch (error) {
    throw await failMigration(run, planned, locateFailure(error, planned, commands.length))
  }
  commit()
  const durationMs = Math.round(performance.now() - start)
  run.measured.set(planned.node.migration.id, { durationMs, rows: rowsOf(planned, results) })
}

/** A migration whose statements all run in one transaction, and are known beforehand: a secret is read when its statement is sent. */
export const isPlain = ({ groups, node, direction }: PlannedMigration): boolean =>
  groups.length === 1 &&
  groups[0]?.transactional === true &&
  node.migration.transaction[direction] === 'auto' &&
  groups[0].steps.every(({ step }) => step.kind === 'sql' && step.secret === undefined)

const stepsOf = ({ groups }: PlannedMigration): readonly PlannedStep[] => groups.flatMap((group) => group.steps)

/** The rows that the statements of a plain migration changed: they stand behind the fence in its batch. */
export function rowsOf(planned: PlannedMigration, results: readonly QueryResult[]): number {
  return results.slice(1, 1 + stepsOf(planned).length).reduce((sum, { affected }) => sum + affected, 0)
}

/** The commands of a plain migration's transaction: the fence, its statements, its history. */
export const batchOf = (run: ActiveRun, planned: PlannedMigration, writes: readonly HistoryWrite[]): readonly Command[] => [
  run.history.fence(run.token),
  ...stepsOf(planned).map(toCommand),
  ...(run.keeper?.own ?? []),
  ...run.history.encode(writes),
]

const toCommand = ({ step }: PlannedStep): Command => ({ sql: step.kind === 'sql' ? step.text : '' })

/** Which part of a plain migration a failed batch of so many commands stopped in. */
export function locateFailure(error: unknown, planned: PlannedMigration, commands: number): Failure {
  if (!isBatchFailure(error)) return { where: 'commit', cause: error, committed: [] }
  const { index, cause } = error
  if (index === 0) return { where: 'fence', cause, committed: [] }
  const step = stepsOf(planned)[index - 1]
  if (step !== undefined) return { where: 'step', cause, step, committed: [] }
  return { where: index < commands ? 'history' : 'commit', cause, committed: [] }
}
