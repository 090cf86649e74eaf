import type { AnyDelta } from '../contract/delta.ts'
import type { RuleContext } from '../contract/schema-dialect.ts'
import { childrenOfKind, dependentsOf } from '../facts/base-index.ts'
import type { FactBase, FactId } from '../facts/fact.ts'

export interface RuleState {
  readonly before: FactBase
  readonly after: FactBase
  readonly server: RuleContext['server']
  /** Changes while replacements are found. */
  readonly deltas: ReadonlyMap<FactId, readonly AnyDelta[]>
  readonly replaced: ReadonlySet<FactId>
  readonly claimed: ReadonlySet<FactId>
}

/** The rules' view of a difference; it follows the state as replacements and claims are added. */
export function ruleContext(state: RuleState): RuleContext {
  const { before, after, deltas, server } = state
  const has = (id: FactId, change: AnyDelta['change']): boolean => deltas.get(id)?.some((delta) => delta.change === change) ?? false
  return {
    before,
    after,
    deltas,
    server,
    dependents: (id, base) => dependentsOf(base === 'before' ? before : after, id),
    children: (table, kind, base) => childrenOfKind(base === 'before' ? before : after, table, kind),
    isAdded: (id) => has(id, 'add'),
    isDropped: (id) => has(id, 'drop'),
    isReplaced: (id) => state.replaced.has(id),
    isClaimed: (id) => state.claimed.has(id),
  }
}

export function groupDeltas(deltas: readonly AnyDelta[]): Map<FactId, AnyDelta[]> {
  const groups = new Map<FactId, AnyDelta[]>()
  for (const delta of deltas) {
    const group = groups.get(delta.id)
    if (group === undefined) groups.set(delta.id, [delta])
    else group.push(delta)
  }
  return groups
}
