import { schemaErrors } from '../errors/errors.ts'
import { describeFact } from './describe-fact.ts'
import type { AnyFact, FactBase, FactId, Unmanaged } from './fact.ts'

/**
 * A schema as data, checked: every id once, every parent present.
 * Throws YAMA_SCHEMA_DUPLICATE_FACT and YAMA_SCHEMA_PARENT_MISSING.
 */
export function factBase(tag: string, facts: Iterable<AnyFact>, unmanaged: readonly Unmanaged[] = []): FactBase {
  const byId = new Map<FactId, AnyFact>()
  for (const fact of facts) {
    const other = byId.get(fact.id)
    if (other !== undefined) {
      throw schemaErrors.YAMA_SCHEMA_DUPLICATE_FACT(
        { fact: describeFact(fact.id) },
        { position: fact.origin, data: { places: [other.origin, fact.origin] } },
      )
    }
    byId.set(fact.id, fact)
  }
  for (const fact of byId.values()) {
    if (fact.parent !== undefined && !byId.has(fact.parent)) {
      throw schemaErrors.YAMA_SCHEMA_PARENT_MISSING(
        { fact: describeFact(fact.id), parent: describeFact(fact.parent) },
        { position: fact.origin },
      )
    }
  }
  return Object.freeze({ tag, facts: byId, unmanaged })
}
