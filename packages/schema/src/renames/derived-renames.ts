import { canonicalJson } from '@yama/core'
import type { Rename } from '../contract/delta.ts'
import { childrenOf } from '../facts/base-index.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { renameFacts } from './rename-facts.ts'

/**
 * Constraints and indexes of one table that are the same thing under another name: `users_pkey` after the table became
 * `people`. They follow from the definition, hold no rows of their own, and lead to the wanted name, so nobody has to be asked; a pair that is not
 * unique is left to drop and add.
 */
export function derivedRenames(before: FactBase, after: FactBase, renames: readonly Rename[]): Rename[] {
  const renamed = renameFacts(before, renames)
  if (![...renamed.base.facts.values()].some((fact) => isSatellite(fact) && !after.facts.has(fact.id))) return []
  const origin = new Map<FactId, FactId>()
  for (const id of before.facts.keys()) origin.set(renamed.id(id), id)
  const found: Rename[] = []
  for (const table of after.facts.values()) {
    if ((table.kind !== 'table' && table.kind !== 'view') || !renamed.base.facts.has(table.id)) continue
    const gone = satellites(renamed.base, table.id).filter((fact) => !after.facts.has(fact.id))
    if (gone.length === 0) continue
    const added = groupByMeaning(satellites(after, table.id).filter((fact) => !renamed.base.facts.has(fact.id)))
    for (const [meaning, [only, ...others]] of groupByMeaning(gone)) {
      const [target, ...rivals] = added.get(meaning) ?? []
      if (only === undefined || target === undefined || others.length > 0 || rivals.length > 0) continue
      const from = origin.get(only.id)
      if (from !== undefined) found.push({ from, to: target.id })
    }
  }
  return found
}

function satellites(base: FactBase, table: FactId): readonly AnyFact[] {
  return childrenOf(base, table).filter(isSatellite)
}

const isSatellite = (fact: AnyFact): boolean => fact.kind === 'constraint' || fact.kind === 'index'

function groupByMeaning(facts: readonly AnyFact[]): Map<string, AnyFact[]> {
  const groups = new Map<string, AnyFact[]>()
  for (const fact of facts) {
    const { comment: _, ...meaning } = fact.payload as { readonly comment?: string }
    const key = `${fact.kind} ${canonicalJson(meaning)}`
    groups.set(key, [...(groups.get(key) ?? []), fact])
  }
  return groups
}
