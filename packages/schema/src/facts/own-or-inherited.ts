import { memberId } from './fact-id.ts'
import type { FactBase, FactId } from './fact.ts'
import { parseFactId } from './parse-fact-id.ts'
import { parentsOf } from './table.ts'

/** The facts behind a column of a table: its own where there is one, and those of the tables that it has it from. */
export function columnFacts(base: FactBase, table: FactId, column: string): readonly FactId[] {
  const { schema, name } = parseFactId(table)
  const own = memberId('column', schema, name, column)
  const fact = base.facts.get(table)
  const parents = fact?.kind === 'table' ? parentsOf(fact.payload) : []
  const found = parents.flatMap((parent) => columnFacts(base, parent, column))
  return base.facts.has(own) ? [own, ...found] : found
}

/** The tables that a table has columns and keys from, nearest first. */
export function ancestors(base: FactBase, table: FactId): readonly FactId[] {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return []
  return parentsOf(fact.payload).flatMap((parent) => [parent, ...ancestors(base, parent)])
}
