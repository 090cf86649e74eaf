import type { AnyFact, FactBase, FactId } from '@yama/schema'

/** Canonical facts carry no places and no former names; the entities' facts of the same id do. */
export function withOrigins(canonical: FactBase, desired: FactBase): FactBase {
  const facts = new Map<FactId, AnyFact>()
  for (const [id, fact] of canonical.facts) {
    const { origin, was, renamedValues } = desired.facts.get(id) ?? {}
    facts.set(
      id,
      origin === undefined && was === undefined && renamedValues === undefined ? fact : placed(fact, origin, was, renamedValues),
    )
  }
  return Object.freeze({ tag: canonical.tag, facts, unmanaged: canonical.unmanaged })
}

function placed(fact: AnyFact, origin: AnyFact['origin'], was: AnyFact['was'], renamedValues: AnyFact['renamedValues']): AnyFact {
  const full: { -readonly [K in keyof AnyFact]: AnyFact[K] } = { ...fact }
  if (origin !== undefined) full.origin = origin
  if (was !== undefined) full.was = was
  if (renamedValues !== undefined) full.renamedValues = renamedValues
  return full as AnyFact
}
