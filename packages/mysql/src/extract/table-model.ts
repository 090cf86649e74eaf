import { objectId, type FactId } from '@yama/schema'
import { parseTable } from './parse-table.ts'
import type { ParsedTable } from './parsed-table.ts'

/** A table with what its text leaves to the database. */
export interface TableModel {
  readonly name: string
  readonly id: FactId
  readonly parsed: ParsedTable
  /** Of columns that state none. */
  readonly collation: string
}

/** Collations by character set, and that of the database. */
export interface Collations {
  readonly database: string
  readonly usual: ReadonlyMap<string, string>
}

export function tableModel(name: string, statement: string, collations: Collations): TableModel {
  const parsed = parseTable(statement)
  return {
    name,
    id: objectId('table', '', name),
    parsed,
    collation: collationOf(parsed, collations) ?? collations.database,
  }
}

/** The collation that a charset or a collation means; undefined where neither is stated. */
export function collationOf(stated: { readonly charset?: string; readonly collation?: string }, { usual }: Collations): string | undefined {
  return stated.collation ?? (stated.charset === undefined ? undefined : usual.get(stated.charset))
}
