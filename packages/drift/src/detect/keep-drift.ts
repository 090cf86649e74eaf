import { sameValue, type FactBase } from '@yama/schema'
import type { DriftedObject } from './drifted-object.ts'
import { withFactsOf } from './with-facts-of.ts'

/**
 * What the history made after a run in a database that had drifted: the schema after the run, without the changes by hand that the run
 * did not touch. So they are found again, and do not become the history's.
 */
export function keepDrift(
  states: { readonly history: FactBase; readonly before: FactBase },
  after: FactBase,
  objects: readonly DriftedObject[],
): FactBase {
  const { history, before } = states
  const same = (id: string): boolean => sameValue(before.facts.get(id)?.payload, after.facts.get(id)?.payload)
  const owners = [...after.facts.values()].filter(({ kind, id }) => kind === 'owner' && history.facts.has(id) && same(id))
  const kept = new Set([
    ...objects.filter(({ managed, facts }) => managed && facts.every(same)).flatMap(({ facts }) => facts),
    // Without the entities nobody can tell here which of them count.
    ...owners.map(({ id }) => id),
  ])
  const possible = [...kept].filter((id) => {
    const parent = history.facts.get(id)?.parent
    return parent === undefined || after.facts.has(parent) || kept.has(parent)
  })
  return withFactsOf(after, history, possible)
}
