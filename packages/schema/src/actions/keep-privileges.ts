import { factBase } from '../facts/fact-base.ts'
import type { AnyFact, FactBase } from '../facts/fact.ts'

const isPrivilege = ({ kind }: AnyFact): boolean => kind === 'grant' || kind === 'defaultPrivilege'

/**
 * The wanted state with the privileges of the state before, where the wanted one says nothing about privileges at all: whoever grants them
 * elsewhere never finds them revoked. One grant is enough to say that they are looked after here. `before` has its renames done.
 */
export function keepPrivileges(after: FactBase, before: FactBase): FactBase {
  const facts = [...after.facts.values()]
  if (facts.some(isPrivilege)) return after
  const kept = [...before.facts.values()].filter((fact) => isPrivilege(fact) && (fact.parent === undefined || after.facts.has(fact.parent)))
  return kept.length === 0 ? after : factBase(after.tag, [...facts, ...kept], after.unmanaged)
}
