import { dependenciesOf, type Action, type FactBase, type FactId } from '@yama/schema'

/**
 * Cuts the actions where one may be used only after a commit and a later one uses it: each part becomes a migration of its own.
 * A use is whatever is about a fact that depends, in the wanted state, on the fact that changes: a default, an index, a view.
 * PostgreSQL refuses a new enum value in the transaction that added it (manual of ALTER TYPE, Notes).
 */
export function splitSegments(actions: readonly Action[], after: FactBase): readonly (readonly Action[])[] {
  const segments: Action[][] = [[]]
  let waiting = new Set<string>()
  for (const action of actions) {
    const named = [...action.consumes, ...action.produces, ...action.releases, ...action.destroys]
    // A comment on the fact itself is no use of it.
    const uses = waiting.has(action.because.fact) ? named : [...named, action.because.fact]
    const touches = action.transaction !== 'commit-after' && waiting.size > 0 && dependsOnAny(uses, waiting, after)
    if (touches) {
      segments.push([])
      waiting = new Set()
    }
    segments.at(-1)?.push(action)
    if (action.transaction === 'commit-after') for (const id of [action.because.fact, ...action.produces]) waiting.add(id)
  }
  return segments.filter((segment) => segment.length > 0)
}

/** One of the facts, or anything that it depends on, is among the wanted. */
function dependsOnAny(facts: readonly FactId[], wanted: ReadonlySet<FactId>, base: FactBase): boolean {
  const seen = new Set<FactId>()
  const pending = [...facts]
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) {
    if (wanted.has(id)) return true
    if (seen.has(id)) continue
    seen.add(id)
    pending.push(...dependenciesOf(base, id))
  }
  return false
}
