import type { Connection, Dialect } from '../../contract/dialect.ts'
import type { StepRow } from '../../contract/history.ts'
import type { FoundStep } from '../../contract/plan.ts'
import { judgeStep, readExpectation } from './judge-step.ts'

/** What the database shows of a statement whose end is not recorded. Looks at its session first: it may still be at work. */
export async function probeStep(dialect: Dialect, connection: Connection, row: StepRow): Promise<FoundStep> {
  const { probe } = dialect
  const nothing = { row, leftovers: [] }
  const expected = readExpectation(row.expect)
  if (probe === undefined) return { ...nothing, verdict: 'unknown', why: 'this dialect cannot tell' }
  if (row.backend !== undefined && row.state === 'intent') {
    const holder = await probe.running(connection, row.backend)
    if (holder !== undefined)
      return {
        ...nothing,
        verdict: 'running',
        why: `session ${holder.pid ?? '?'} of the server is still at it, since ${holder.since ?? '?'}`,
      }
  }
  if (expected === undefined) return { ...nothing, verdict: 'unknown', why: 'its text does not say what it changes' }
  const now = (await probe.expect(connection, row.sql))?.before ?? {}
  const leftovers = probe.leftovers?.(row.sql, expected.before, now) ?? []
  if (leftovers.length > 0) return { row, now, leftovers, verdict: 'undone', why: 'it was interrupted and left something unusable' }
  return { row, now, leftovers, ...judgeStep(expected, now) }
}
