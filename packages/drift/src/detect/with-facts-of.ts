import { factBase, type FactBase, type FactId } from '@yama/schema'

/** A state with some facts as another state has them: its own where that one has them, gone where it does not. Throws YAMA_SCHEMA_PARENT_MISSING. */
export function withFactsOf(base: FactBase, other: FactBase, ids: Iterable<FactId>): FactBase {
  const facts = new Map(base.facts)
  for (const id of ids) {
    const fact = other.facts.get(id)
    if (fact === undefined) facts.delete(id)
    else facts.set(id, fact)
  }
  return factBase(base.tag, facts.values(), base.unmanaged)
}
