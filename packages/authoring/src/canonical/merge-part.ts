import { factBase, sameValue, type AnyFact, type FactBase, type FactId } from '@yama/schema'
import { rootOf } from './fact-groups.ts'
import type { Part } from './choose-part.ts'

/**
 * The canonical facts of the whole: those of the part for what was renewed, those known before for the rest. Undefined where the server
 * printed anything else than before for what did not change, or where something is there that the model does not carry.
 */
export function mergePart(part: Part, built: FactBase, known: FactBase): FactBase | undefined {
  if (built.tag !== known.tag || built.unmanaged.length > 0 || known.unmanaged.length > 0) return undefined
  const facts: AnyFact[] = []
  for (const fact of known.facts.values()) {
    const root = rootOf(known, fact).id
    if (part.renewed.has(root)) continue
    const again = built.facts.get(fact.id)
    if (again === undefined ? !part.spared.has(root) : !sameFact(fact, again)) return undefined
    facts.push(fact)
  }
  const kept = new Set(facts.map(({ id }) => id))
  for (const fact of built.facts.values()) {
    if (part.renewed.has(rootOf(built, fact).id)) facts.push(fact)
    else if (!kept.has(fact.id)) return undefined
  }
  return isWhole(facts) ? factBase(known.tag, facts) : undefined
}

const sameFact = (one: AnyFact, other: AnyFact): boolean =>
  one.position === other.position && sameValue(one.payload, other.payload) && sameValue(one.dependsOn, other.dependsOn)

/** True where everything that a fact needs is there. */
function isWhole(facts: readonly AnyFact[]): boolean {
  const ids = new Set<FactId>(facts.map(({ id }) => id))
  return facts.every((fact) => (fact.parent === undefined || ids.has(fact.parent)) && fact.dependsOn.every((id) => ids.has(id)))
}
