import type { Rename } from '../contract/delta.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { renameFacts } from './rename-facts.ts'

/**
 * The printed state with the values that `before` says are renamed: no server knows them, and without them the way back of a column or
 * type that was renamed too would leave the new values in the rows.
 */
export function keepRenamedValues(printed: FactBase, before: FactBase, renames: readonly Rename[]): FactBase {
  const stated = [...before.facts.values()].filter(({ renamedValues }) => renamedValues !== undefined)
  if (stated.length === 0) return printed
  const { id } = renameFacts(before, renames)
  const facts = new Map<FactId, AnyFact>(printed.facts)
  for (const { id: old, renamedValues } of stated) {
    const fact = facts.get(id(old))
    if (fact !== undefined && renamedValues !== undefined) facts.set(fact.id, { ...fact, renamedValues })
  }
  return Object.freeze({ ...printed, facts })
}
