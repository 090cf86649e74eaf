import { childrenOfKind } from '../facts/base-index.ts'
import type { Fact, FactBase } from '../facts/fact.ts'
import { CODE } from '../facts/rows.ts'

/** Tables that may be lookup tables: one column of texts, called `code`, which is the primary key. */
export function codeTables(base: FactBase): readonly Fact<'table'>[] {
  const found: Fact<'table'>[] = []
  for (const key of base.facts.values()) {
    if (key.kind !== 'constraint' || key.payload.type !== 'primary' || key.payload.columns.length !== 1) continue
    const table = base.facts.get(key.parent ?? '')
    if (table?.kind !== 'table' || key.payload.columns[0] !== CODE) continue
    const [column, ...others] = childrenOfKind(base, table.id, 'column')
    if (column === undefined || others.length > 0 || column.payload.generated !== undefined) continue
    if (/char|text/i.test(column.payload.type) && !column.payload.type.endsWith('[]')) found.push(table as Fact<'table'>)
  }
  return found
}
