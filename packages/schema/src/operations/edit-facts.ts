import type { OperationContext } from '../contract/operation.ts'
import { schemaErrors } from '../errors/errors.ts'
import { childrenOf, dependentsOf } from '../facts/base-index.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { factBase } from '../facts/fact-base.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'

/** The base with one fact more; throws YAMA_OPERATION_EXISTS. */
export function addFact(fact: AnyFact, { base, step }: OperationContext): FactBase {
  if (base.facts.has(fact.id))
    throw schemaErrors.YAMA_OPERATION_EXISTS({ operation: step.name, object: describeFact(fact.id) }, { position: step.position })
  return factBase(base.tag, [...base.facts.values(), withOrigin(fact, step.position)], base.unmanaged)
}

/** The base with the fact of that id changed. */
export function replaceFact(fact: AnyFact, { base, step }: OperationContext): FactBase {
  return factBase(
    base.tag,
    [...base.facts.values()].map((one) => (one.id === fact.id ? withOrigin(fact, step.position) : one)),
    base.unmanaged,
  )
}

/**
 * The base without the fact, what belongs to it, and what in the same table cannot be without it. Throws YAMA_OPERATION_INVALID where something
 * else still needs it: a view, or a foreign key of another table.
 */
export function removeFact(fact: AnyFact, { base, step }: OperationContext): FactBase {
  const gone = new Set<FactId>([fact.id, ...childrenOf(base, fact.id).map((child) => child.id)])
  const table = fact.parent ?? fact.id
  for (const id of gone) {
    for (const dependent of dependentsOf(base, id)) {
      if (gone.has(dependent)) continue
      const other = base.facts.get(dependent)
      if (fact.kind === 'column' && other?.parent === table && other.kind !== 'column') gone.add(dependent)
      else {
        const problem = `${describeFact(dependent)} needs ${describeFact(id)}; drop or change it first.`
        throw schemaErrors.YAMA_OPERATION_INVALID({ operation: step.name, problem, keys: '' }, { position: step.position })
      }
    }
  }
  return factBase(
    base.tag,
    [...base.facts.values()].filter((one) => !gone.has(one.id)),
    base.unmanaged,
  )
}

function withOrigin(fact: AnyFact, origin: AnyFact['origin']): AnyFact {
  return origin === undefined ? fact : { ...fact, origin }
}
