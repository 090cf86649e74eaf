import { factBase, sameValue, type AnyFact, type FactBase, type FactId } from '@yama/schema'
import { groupedFacts, rootOf } from './fact-groups.ts'
import type { Part } from './choose-part.ts'

/**
 * The canonical facts of the whole: those of the part for what was renewed, those known before for the rest. Undefined where the server
 * printed anything else than before for what did not change, or where something is there that the model does not carry.
 */
export function mergePart(part: Part, built: FactBase, known: FactBase): FactBase | undefined {
  if (built.tag !== known.tag || built.unmanaged.length > 0 || known.unmanaged.length > 0) return undefined
  const facts: AnyFact[] = []
  const kept = new Set<FactId>()
  const roots = groupedFacts(known)
  const left = new Set<FactId>()
  for (const [root, group] of roots) {
    if (part.renewed.has(root)) {
      for (const fact of group) left.add(fact.id)
      continue
    }
    const spared = part.spared.has(root)
    for (const fact of group) {
      const again = built.facts.get(fact.id)
      if (again === undefined ? !spared : !sameFact(fact, again)) return undefined
    }
  }
  for (const fact of known.facts.values()) {
    if (left.has(fact.id)) continue
    facts.push(fact)
    kept.add(fact.id)
  }
  for (const [root, group] of groupedFacts(built)) {
    if (part.renewed.has(root)) continue
    if (group.some(({ id }) => !kept.has(id))) return undefined
  }
  for (const fact of built.facts.values()) if (part.renewed.has(rootOf(built, fact.id))) facts.push(fact)
  return isWhole(facts) ? factBase(known.tag, facts) : undefined
}

const sameFact = (one: AnyFact, other: AnyFact): boolean =>
  one.position === other.position && sameValue(one.payload, other.payload) && sameValue(one.dependsOn, other.dependsOn)

/** True where everything that a fact needs is there. */
function isWhole(facts: readonly AnyFact[]): boolean {
  const ids = new Set<FactId>(facts.map(({ id }) => id))
  return facts.every((fact) => (fact.parent === undefined || ids.has(fact.parent)) && fact.dependsOn.every((id) => ids.has(id)))
}
