import type { Connection } from '@yama/core'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { objectId, memberId } from '../facts/fact-id.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import type { ForeignReference } from '../facts/constraint.ts'
import { CODE } from '../facts/rows.ts'
import { foreignKeys } from './new-foreign-keys.ts'
import { targetOf, type SeedTable } from './seed-table.ts'
import { asText, literal, tableName } from './sql-text.ts'

/** The values that the foreign keys of a row may take, by column. */
export type RowTargets = (row: number) => ReadonlyMap<string, string>

interface KeyTargets {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * Reads what the foreign keys of a table may point to. Several keys of one table walk through their targets so that pairs differ as long as they can.
 * Of a lookup table only values that stay are taken.
 */
export async function seedTargets(
  one: SeedTable,
  states: { readonly before: FactBase; readonly after: FactBase; readonly moved: (id: FactId) => FactId },
  { connection, dialect, most }: { readonly connection: Connection; readonly dialect: SchemaDialect; readonly most: number },
): Promise<RowTargets> {
  const keys: KeyTargets[] = []
  for (const key of foreignKeys(states.before, one.table.id)) {
    const reference = key.payload.references
    if (reference === undefined || targetOf(key) === one.table.id || !isThere(reference, states.before)) continue
    const columns = reference.columns.map((column, at) => `${asText(column, dialect)} AS c${at}`).join(', ')
    const present = reference.columns.map((column) => `${dialect.quote(column)} IS NOT NULL`).join(' AND ')
    const { rows } = await connection.execute(
      `SELECT ${columns} FROM ${tableName({ schema: reference.schema, name: reference.table }, dialect)} WHERE ${present} ORDER BY 1 LIMIT ${most}`,
    )
    const staying = stayingValues(objectId('table', reference.schema, reference.table), states)
    const found = rows
      .map((values) => reference.columns.map((_, at) => String(values[`c${at}`])))
      .filter(([first = '']) => staying === undefined || staying.has(first))
    keys.push({ columns: key.payload.columns, rows: found.map((values) => values.map(literal)) })
  }
  return (row) => targetsOf(keys, row - 1)
}

/** A key may name a table or columns that are not there (SQLite; elsewhere with the checks off): then no row can meet it. */
const isThere = ({ schema, table, columns }: ForeignReference, { facts }: FactBase): boolean =>
  columns.length > 0 && columns.every((column) => facts.has(memberId('column', schema, table, column)))

function targetsOf(keys: readonly KeyTargets[], row: number): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  let rounds = 0
  for (const { columns, rows } of keys) {
    const chosen = rows[(row + rounds) % Math.max(1, rows.length)]
    // The next key is one further whenever this one begins again.
    rounds += Math.floor(row / Math.max(1, rows.length))
    chosen?.forEach((value, at) => found.set(columns[at] ?? '', value))
  }
  return found
}

/** The values of a lookup table that both states have; undefined for any other table. */
function stayingValues(
  table: FactId,
  { before, after, moved }: { readonly before: FactBase; readonly after: FactBase; readonly moved: (id: FactId) => FactId },
): ReadonlySet<string> | undefined {
  const fact = before.facts.get(table)
  const rows = fact === undefined ? undefined : before.facts.get(memberId('rows', fact.schema, fact.name, CODE))
  if (rows?.kind !== 'rows') return undefined
  const later = after.facts.get(moved(rows.id))
  if (later?.kind !== 'rows') return new Set(rows.payload.values)
  const kept = new Set(later.payload.values)
  return new Set(rows.payload.values.filter((value) => kept.has(value)))
}
