import type { Connection } from '@yama/core'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import { tableName } from './sql-text.ts'

/**
 * Seeds have no null where the wanted state takes none, but triggers write rows of their own while tables are seeded; what Up would refuse of these goes.
 */
export async function removeRefused(
  { before, after, moved }: { readonly before: FactBase; readonly after: FactBase; readonly moved: (id: FactId) => FactId },
  connection: Connection,
  dialect: SchemaDialect,
): Promise<void> {
  if (![...before.facts.values()].some(({ kind }) => kind === 'trigger')) return
  for (const column of before.facts.values()) {
    if (column.kind !== 'column' || column.payload.notNull || column.payload.generated !== undefined) continue
    const later = after.facts.get(moved(column.id))
    const table = before.facts.get(column.parent ?? '')
    if (later?.kind !== 'column' || !later.payload.notNull || table?.kind !== 'table') continue
    await connection.execute(`DELETE FROM ${tableName(table, dialect)} WHERE ${dialect.quote(column.name)} IS NULL`)
  }
}
