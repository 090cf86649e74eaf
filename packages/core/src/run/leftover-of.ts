import type { StepRow } from '../contract/history.ts'
import type { PlannedStep } from '../contract/plan.ts'
import { coreErrors } from '../errors/errors.ts'
import type { ActiveRun } from './active-run.ts'
import { readExpectation } from './recover/judge-step.ts'

/**
 * What a statement that failed outside a transaction has left, as an error; undefined for nothing. Told by what its objects
 * are now, not by what the server said of the failure.
 */
export async function leftoverOf(run: ActiveRun, { step, effect }: PlannedStep, row: StepRow, error: unknown): Promise<unknown> {
  // Code may have done anything before it threw.
  if (step.kind !== 'sql') return error
  const { dialect } = run.config
  const { kind } = dialect.describeFailure(error)
  if (kind === 'disconnected') return undefined
  try {
    await dialect.checkAfter?.(run.connection, step.text)
    if (dialect.probe === undefined) return undefined
    const expected = readExpectation(row.expect)
    if (expected === undefined) {
      // A text that the server could not read was not begun; what a routine or a block ran before it met one was.
      const read = kind !== 'syntax' || effect?.class === 'other'
      return read ? coreErrors.YAMA_STEP_LEFT({ what: 'its text does not say what it changes.' }) : undefined
    }
    const now = (await dialect.probe.expect(run.connection, step.text))?.before ?? {}
    const changed = Object.keys(expected.before).filter((name) => expected.before[name] !== now[name])
    return changed.length === 0 ? undefined : coreErrors.YAMA_STEP_LEFT({ what: `${changed.join(', ')} is not as before.` })
  } catch (found) {
    return found
  }
}
