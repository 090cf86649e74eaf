import { childrenOf, dependentsOf, parseFactId, type Fact, type FactBase, type FactId } from '@yama/schema'

/** The foreign keys that point to a table, its own among them. */
export function keysPointingTo(table: FactId, base: FactBase): readonly Fact<'constraint'>[] {
  const { name } = parseFactId(table)
  const others = dependentsOf(base, table).map((id) => base.facts.get(id))
  return [...childrenOf(base, table), ...others].filter(
    (fact): fact is Fact<'constraint'> => fact?.kind === 'constraint' && fact.payload.references?.table === name,
  )
}
