import { factBase } from '../facts/fact-base.ts'
import type { AnyFact, Fact, FactBase, FactId } from '../facts/fact.ts'

/** What is compared only where it is stated: a state that does not say it says nothing against it. */
const ON_REQUEST: ReadonlySet<AnyFact['kind']> = new Set(['rows', 'owner'])

/**
 * The state without what is compared on request and the other one does not state: rows of a table of which it states none, so that whoever keeps rows in a
 * table of his own never finds them removed; owners; versions of extensions. What belongs to an object that the other state does not have stays, so
 * that a way back brings it along. `moved` takes an id to its name there.
 */
export function keepStated(base: FactBase, stated: FactBase, moved: (id: FactId) => FactId = (id) => id): FactBase {
  let changed = false
  const facts: AnyFact[] = []
  for (const fact of base.facts.values()) {
    const kept = isForeign(fact, stated, moved) ? undefined : fact.kind === 'extension' ? statedVersion(fact, stated) : fact
    changed ||= kept !== fact
    if (kept !== undefined) facts.push(kept)
  }
  return changed ? factBase(base.tag, facts, base.unmanaged) : base
}

function isForeign({ kind, id, parent }: AnyFact, { facts }: FactBase, moved: (id: FactId) => FactId): boolean {
  return ON_REQUEST.has(kind) && (parent === undefined || facts.has(moved(parent))) && !facts.has(moved(id))
}

function statedVersion(fact: AnyFact & Fact<'extension'>, { facts }: FactBase): AnyFact {
  const other = facts.get(fact.id)
  const { version, ...payload } = fact.payload
  return version === undefined || other?.kind !== 'extension' || other.payload.version !== undefined ? fact : { ...fact, payload }
}
