import { objectId, type AnyFact, type FactBase, type FactId } from '@yama/schema'

/** What only a stated fact has, beside what it says. */
type Stated = Pick<AnyFact, 'origin' | 'was' | 'renamedValues' | 'unchecked' | 'unfilled'>

/** Canonical facts carry no places and no former names; the entities' facts of the same id do. */
export function withOrigins(canonical: FactBase, desired: FactBase): FactBase {
  const facts = new Map<FactId, AnyFact>()
  for (const [id, fact] of canonical.facts) {
    const known = stated(fact, desired)
    facts.set(id, known === undefined ? fact : placed(fact, known))
  }
  return Object.freeze({ tag: canonical.tag, facts, unmanaged: canonical.unmanaged })
}

/** An entity may name a routine without its arguments: those only the server reads. */
const stated = (fact: AnyFact, { facts }: FactBase): AnyFact | undefined =>
  facts.get(fact.id) ?? (fact.kind === 'function' ? facts.get(objectId('function', fact.schema, fact.payload.name)) : undefined)

function placed(fact: AnyFact, { origin, was, renamedValues, unchecked, unfilled }: Stated): AnyFact {
  // Asked one after the other: a list for each of many thousand facts would be felt.
  const isPlain =
    origin === undefined && was === undefined && renamedValues === undefined && unchecked === undefined && unfilled === undefined
  if (isPlain) return fact
  const full: { -readonly [K in keyof AnyFact]: AnyFact[K] } = { ...fact }
  if (origin !== undefined) full.origin = origin
  if (was !== undefined) full.was = was
  if (renamedValues !== undefined) full.renamedValues = renamedValues
  if (unchecked !== undefined) full.unchecked = unchecked
  if (unfilled !== undefined) full.unfilled = unfilled
  return full as AnyFact
}
