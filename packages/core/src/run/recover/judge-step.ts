import type { FoundStep } from '../../contract/plan.ts'
import type { JsonValue } from '../../contract/history.ts'
import type { ExpectedState, ObjectStates, StepExpectation } from '../../contract/probe.ts'

export type Verdict = Pick<FoundStep, 'verdict' | 'why'>

/** What a journal row recorded before its statement ran; undefined where nothing could be expected. */
export function readExpectation(value: JsonValue | undefined): StepExpectation | undefined {
  if (typeof value !== 'object' || value === null || !('before' in value) || !('after' in value)) return undefined
  return value as unknown as StepExpectation
}

/**
 * Whether one statement took effect, from its objects before and now. A single statement is atomic on every server that is
 * supported, so it is done as soon as its objects are what it makes of them, and was never done while they are as before.
 * Anything between is for a person.
 *
 * @example judgeStep({ before: { 'table t': null }, after: { 'table t': 'present' } }, { 'table t': 'create table t …' }).verdict // done
 */
export function judgeStep({ before, after }: StepExpectation, now: ObjectStates): Verdict {
  const names = Object.keys(after).filter((name) => !isNeutral(before[name] ?? null, after[name]))
  if (names.length === 0) return { verdict: 'undone', why: 'it leaves no trace and does no harm when it runs again' }
  const done = names.filter((name) => isDone(before[name] ?? null, after[name], now[name] ?? null))
  const same = names.filter((name) => (before[name] ?? null) === (now[name] ?? null))
  const list = names.join(', ')
  if (done.length === names.length) return { verdict: 'done', why: `${list}: as the statement makes it` }
  if (same.length === names.length) return { verdict: 'undone', why: `${list}: as before the statement` }
  const odd = names.filter((name) => !done.includes(name) && !same.includes(name))
  const what = odd.length > 0 ? `${odd.join(', ')}: neither as before nor as after` : `only ${done.join(', ')} of ${list} took effect`
  return { verdict: 'unknown', why: what }
}

/** The statement would not change it: `IF NOT EXISTS` and the like, and what nothing follows from. */
const isNeutral = (before: string | null, expected: ExpectedState | undefined): boolean =>
  expected === 'any' ||
  (expected === 'present' && before !== null) ||
  ((expected === 'absent' || expected === 'changed') && before === null)

const isDone = (before: string | null, expected: ExpectedState | undefined, now: string | null): boolean =>
  expected === 'absent' ? now === null : now !== null && now !== before
