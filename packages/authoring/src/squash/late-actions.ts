import type { Action, FactBase, FactId } from '@yama/schema'

/**
 * Parts the actions of a checkpoint into those before its rows and those after them: what would act on the rows, check them in the order of
 * their inserts, or be made of them (triggers, rules, foreign keys, materialized views), and what stands on these. Both keep their order.
 */
export function lateActions(
  actions: readonly Action[],
  facts: FactBase,
): { readonly early: readonly Action[]; readonly late: readonly Action[] } {
  const made = new Set<FactId>()
  const early: Action[] = []
  const late: Action[] = []
  for (const action of actions) {
    const { produces, consumes, after = [] } = action
    const own = produces.some((id) => isLate(id, facts)) && !produces.some((id) => facts.facts.get(id)?.kind === 'table')
    if (own || [...consumes, ...after, ...produces].some((id) => made.has(id))) {
      late.push(action)
      for (const id of produces) made.add(id)
    } else early.push(action)
  }
  return { early, late }
}

function isLate(id: FactId, facts: FactBase): boolean {
  const fact = facts.facts.get(id)
  if (fact?.kind === 'view') return fact.payload.materialized
  if (fact?.kind === 'constraint') return fact.payload.type === 'foreign'
  return fact?.kind === 'trigger' || fact?.kind === 'rule'
}
