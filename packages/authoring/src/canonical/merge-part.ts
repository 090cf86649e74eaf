import { factBase, sameValue, type AnyFact, type FactBase, type FactId } from '@yama/schema'
import { groupedFacts } from './fact-groups.ts'
import type { Part } from './choose-part.ts'

/**
 * The canonical facts of the whole: those of the part for what was renewed, those known before for the rest. Undefined where the server
 * printed anything else than before for what did not change and was built, or where something is there that the model does not carry.
 */
export function mergePart(part: Part, built: FactBase, known: FactBase): FactBase | undefined {
  if (built.tag !== known.tag || built.unmanaged.length > 0 || known.unmanaged.length > 0) return undefined
  const renewed = new Set<FactId>()
  for (const [root, group] of groupedFacts(known)) {
    if (part.renewed.has(root)) for (const { id } of group) renewed.add(id)
    else if (!part.spared.has(root) && !group.every((fact) => sameFact(fact, built.facts.get(fact.id)))) return undefined
  }
  const facts: AnyFact[] = []
  for (const fact of known.facts.values()) if (!renewed.has(fact.id)) facts.push(fact)
  const fresh = new Set<FactId>()
  for (const [root, group] of groupedFacts(built)) {
    if (part.renewed.has(root)) for (const { id } of group) fresh.add(id)
    else if (!part.spared.has(root) && group.some(({ id }) => !known.facts.has(id))) return undefined
  }
  for (const fact of built.facts.values()) if (fresh.has(fact.id)) facts.push(fact)
  return isWhole(facts) ? factBase(known.tag, facts) : undefined
}

const sameFact = (one: AnyFact, other: AnyFact | undefined): boolean =>
  other !== undefined &&
  one.position === other.position &&
  sameValue(one.payload, other.payload) &&
  sameValue(one.dependsOn, other.dependsOn)

/** True where everything that a fact needs is there. */
function isWhole(facts: readonly AnyFact[]): boolean {
  const ids = new Set<FactId>(facts.map(({ id }) => id))
  return facts.every((fact) => (fact.parent === undefined || ids.has(fact.parent)) && fact.dependsOn.every((id) => ids.has(id)))
}
