import type { ColumnRow } from './catalogue.ts'
import type { ParsedConstraint, ParsedKey } from './parse-constraint.ts'
import { parseTable, type ParsedColumn, type ParsedTable } from './parse-table.ts'
import type { KnownNames } from '../text/canonical.ts'

/** A table as the pragmas and its text tell it together. */
export interface TableModel {
  readonly name: string
  readonly sql: string
  readonly parsed: ParsedTable
  readonly columns: readonly (ColumnRow & { readonly text: ParsedColumn })[]
  readonly primary: ParsedConstraint | undefined
  /** The column that is another name of the rowid and so numbers itself. */
  readonly rowidAlias: string | undefined
  /** Columns and the table itself, lower case → as declared. */
  readonly names: KnownNames
}

/**
 * Reads a table's text and holds it against the pragmas. A table where the two disagree is not modelled but named:
 * undefined. That is the guard against a CREATE TABLE of a newer SQLite than this reader knows.
 */
export function tableModel(name: string, sql: string, rows: readonly ColumnRow[], foreignKeys: number): TableModel | undefined {
  const parsed = parseTable(sql)
  if (parsed === undefined || parsed.columns.length !== rows.length) return undefined
  const columns = rows.flatMap((row, index) => {
    const text = parsed.columns[index]
    return text === undefined || text.name.toLowerCase() !== row.name.toLowerCase() ? [] : [{ ...row, text }]
  })
  if (columns.length !== rows.length) return undefined
  if (parsed.constraints.filter((one) => one.type === 'foreign').length !== foreignKeys) return undefined
  const primary = parsed.constraints.find((one) => one.type === 'primary')
  const key = rows.filter((row) => row.key > 0).sort((a, b) => a.key - b.key)
  if (!sameKey(primary?.keys ?? [], key)) return undefined
  return {
    name,
    sql,
    parsed,
    columns,
    primary,
    rowidAlias: aliasOf(parsed, primary, key),
    names: new Map([name, ...rows.map((row) => row.name)].map((one) => [one.toLowerCase(), one])),
  }
}

function sameKey(keys: readonly ParsedKey[], rows: readonly ColumnRow[]): boolean {
  // A column named twice in a key counts once for SQLite.
  const unique = [...new Set(keys.map((key) => key.column.toLowerCase()))]
  return unique.length === rows.length && rows.every((row, index) => row.name.toLowerCase() === unique[index])
}

/** https://sqlite.org/lang_createtable.html#rowid: `INTEGER PRIMARY KEY DESC` behind the column is not an alias, by an old mistake. */
function aliasOf(parsed: ParsedTable, primary: ParsedConstraint | undefined, key: readonly ColumnRow[]): string | undefined {
  const [only] = key
  if (only === undefined || key.length > 1 || parsed.withoutRowid) return undefined
  if (only.type.toUpperCase() !== 'INTEGER') return undefined
  return primary?.inline === true && primary.keys[0]?.descending === true ? undefined : only.name
}
