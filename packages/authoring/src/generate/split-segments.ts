import type { Action } from '@yama/schema'

/**
 * Cuts the actions where one may be used only after a commit and a later one uses it: each part becomes a migration of its own.
 * PostgreSQL refuses a new enum value in the transaction that added it (manual of ALTER TYPE, Notes).
 */
export function splitSegments(actions: readonly Action[]): readonly (readonly Action[])[] {
  const segments: Action[][] = [[]]
  let waiting = new Set<string>()
  for (const action of actions) {
    const uses = [...action.consumes, ...action.produces, ...action.releases, ...action.destroys]
    const touches = action.transaction !== 'commit-after' && uses.some((id) => waiting.has(id))
    if (touches) {
      segments.push([])
      waiting = new Set()
    }
    segments.at(-1)?.push(action)
    if (action.transaction === 'commit-after') for (const id of [action.because.fact, ...action.produces]) waiting.add(id)
  }
  return segments.filter((segment) => segment.length > 0)
}
