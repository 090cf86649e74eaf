import { columnOf } from './fact-id.ts'
import type { FactBase, FactId } from './fact.ts'
import { parentsOf } from './table.ts'

const NONE: readonly never[] = Object.freeze([])

/** The facts behind a column of a table: its own where there is one, and those of the tables that it has it from. */
export function columnFacts(base: FactBase, table: FactId, column: string): readonly FactId[] {
  const own = columnOf(table, column)
  const found = inheritedColumns(base, table, column)
  if (!base.facts.has(own)) return found
  return found.length === 0 ? [own] : [own, ...found]
}

/** The facts behind a column in the tables that a table has it from. */
export function inheritedColumns(base: FactBase, table: FactId, column: string): readonly FactId[] {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table' || (fact.payload.partitionOf === undefined && fact.payload.inherits === undefined)) return NONE
  return parentsOf(fact.payload).flatMap((parent) => columnFacts(base, parent, column))
}

/** The tables that a table has columns and keys from, nearest first. */
export function ancestors(base: FactBase, table: FactId): readonly FactId[] {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return []
  return parentsOf(fact.payload).flatMap((parent) => [parent, ...ancestors(base, parent)])
}
