import { factBase, type AnyFact, type Fact, type FactBase } from '@yama/schema'

/**
 * The state without the owners and versions of extensions that the entities do not state, and without those that were not stored yet when the other
 * state was: they are compared on request only. Without entities none is left.
 */
export function asStated(base: FactBase, other: FactBase, entities: FactBase | undefined): FactBase {
  let changed = false
  const facts: AnyFact[] = []
  for (const fact of base.facts.values()) {
    const kept =
      fact.kind === 'owner'
        ? isCompared(fact, other, entities)
          ? fact
          : undefined
        : fact.kind === 'extension'
          ? statedVersion(fact, other, entities)
          : fact
    changed ||= kept !== fact
    if (kept !== undefined) facts.push(kept)
  }
  return changed ? factBase(base.tag, facts, base.unmanaged) : base
}

/** What came or went with its object is told with it. */
function isCompared({ id, parent }: AnyFact, other: FactBase, entities: FactBase | undefined): boolean {
  if (entities?.facts.has(id) !== true) return false
  return other.facts.has(id) || (parent !== undefined && !other.facts.has(parent))
}

function statedVersion(fact: AnyFact & Fact<'extension'>, other: FactBase, entities: FactBase | undefined): AnyFact {
  const { version, ...payload } = fact.payload
  if (version === undefined) return fact
  const [there, stated] = [other.facts.get(fact.id), entities?.facts.get(fact.id)]
  const known = there?.kind !== 'extension' || there.payload.version !== undefined
  return known && stated?.kind === 'extension' && stated.payload.version !== undefined ? fact : { ...fact, payload }
}

/** True where an owner or the version of an extension is not as the history left it, whether or not anybody stated it. */
export function differsOnRequest(history: FactBase, live: FactBase): boolean {
  for (const [id, fact] of live.facts) {
    const before = history.facts.get(id)
    if (fact.kind === 'owner' && before?.kind === 'owner' && before.payload.role !== fact.payload.role) return true
    const versions = fact.kind === 'extension' && before?.kind === 'extension' ? [before.payload.version, fact.payload.version] : []
    if (!versions.includes(undefined) && versions[0] !== versions[1]) return true
  }
  return false
}
