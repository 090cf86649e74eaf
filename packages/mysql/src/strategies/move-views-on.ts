import { dependenciesOf, type Action, type FactId, type RuleContext } from '@yama/schema'
import { ALTER_TABLE } from '../rules/action.ts'

export interface MovedViews {
  readonly actions: readonly Action[]
  /** Columns that go in a statement of their own, behind the view. */
  readonly late: ReadonlySet<FactId>
}

/**
 * A view that reads one column instead of another stands between the two: were both in one ALTER TABLE, it and the view would wait for each other. So
 * the old one goes later. A table has one AUTO_INCREMENT at a time; for that one, the view is replaced when its column is gone, which the servers allow.
 */
export function moveViewsOn(actions: readonly Action[], { before, after }: RuleContext): MovedViews {
  const added = new Set(actions.flatMap(({ needs, produces }) => (needs?.strategy === ALTER_TABLE ? produces : [])))
  const late = new Set<FactId>()
  const readsAdded = (id: FactId, seen = new Set<FactId>()): boolean =>
    dependenciesOf(after, id).some((needed) => {
      if (added.has(needed)) return true
      if (seen.has(needed) || after.facts.get(needed)?.kind !== 'view') return false
      return readsAdded(needed, seen.add(needed))
    })
  const moved = actions.map((action): Action => {
    const { fact, change } = action.because
    if (change !== 'alter' || after.facts.get(fact)?.kind !== 'view' || action.releases.length === 0 || !readsAdded(fact)) return action
    const counts = (id: FactId): boolean => {
      const column = before.facts.get(id)
      return column?.kind === 'column' && column.payload.identity !== undefined
    }
    for (const id of action.releases) if (!counts(id) && before.facts.get(id)?.kind === 'column') late.add(id)
    return { ...action, releases: action.releases.filter((id) => !counts(id)) }
  })
  return { actions: moved, late }
}
