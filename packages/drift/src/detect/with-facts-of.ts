import { factBase, type AnyFact, type FactBase, type FactId } from '@yama/schema'

/**
 * A state with some facts as another state has them: its own where that one has them, gone where it does not. An owner goes with what is owned.
 * Throws YAMA_SCHEMA_PARENT_MISSING.
 */
export function withFactsOf(base: FactBase, other: FactBase, ids: Iterable<FactId>): FactBase {
  const facts = new Map(base.facts)
  for (const id of ids) {
    const fact = other.facts.get(id)
    if (fact === undefined) facts.delete(id)
    else facts.set(id, fact)
  }
  const isOrphan = ({ kind, parent }: AnyFact): boolean => kind === 'owner' && parent !== undefined && !facts.has(parent)
  return factBase(
    base.tag,
    [...facts.values()].filter((fact) => !isOrphan(fact)),
    base.unmanaged,
  )
}
