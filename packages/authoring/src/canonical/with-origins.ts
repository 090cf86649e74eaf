import type { AnyFact, FactBase } from '@yama/schema'
import { factBase } from '@yama/schema'

/** Canonical facts carry no places and no former names; the entities' facts of the same id do. */
export function withOrigins(canonical: FactBase, desired: FactBase): FactBase {
  const facts = [...canonical.facts.values()].map((fact) => {
    const stated = desired.facts.get(fact.id)
    if (stated === undefined) return fact
    return {
      ...fact,
      ...(stated.origin === undefined ? {} : { origin: stated.origin }),
      ...(stated.was === undefined ? {} : { was: stated.was }),
      ...(stated.renamedValues === undefined ? {} : { renamedValues: stated.renamedValues }),
    } as AnyFact
  })
  return factBase(canonical.tag, facts, canonical.unmanaged)
}
