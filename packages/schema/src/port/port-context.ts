import type { PortDialect } from '../contract/port-dialect.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { PortableType } from '../contract/type-mapping.ts'
import type { AnyFact, Fact, FactBase, FactId } from '../facts/fact.ts'
import { objectId } from '../facts/fact-id.ts'
import type { ColumnPayload } from '../facts/column.ts'
import type { Inquiry } from './port-finding.ts'

export type PortingDialect = SchemaDialect & { readonly port: PortDialect }

/** A column on its way. */
export interface ColumnDraft {
  readonly fact: Fact<'column'>
  readonly name: string
  /** What the source means; undefined where only the target's own text is known. */
  source: PortableType | undefined
  /** Values that it is limited to. */
  values?: readonly string[]
  /** What the target gets; undefined for a type given raw. */
  type: PortableType | undefined
  sql: string
  notNull: boolean
  default?: string
  generated?: ColumnPayload['generated']
  identity?: ColumnPayload['identity']
  collation?: string
  options: Record<string, string | boolean>
  /** Checks that its type brings along. */
  readonly checks: { readonly name: string | undefined; readonly expression: string }[]
  /** A fact's default that takes the place of the column's own, from a domain. */
  readonly preset: string | undefined
}

/** A table on its way. */
export interface TableDraft {
  readonly fact: Fact<'table'>
  readonly schema: string
  readonly name: string
  readonly columns: ColumnDraft[]
  options: Record<string, string | boolean>
}

export interface PortContext {
  readonly source: FactBase
  readonly from: PortingDialect
  readonly to: PortingDialect
  readonly inquiry: Inquiry
  readonly tables: ReadonlyMap<FactId, TableDraft>
  /** MySQL and MariaDB: texts of the one mostly mean the same to the other. */
  readonly sameWords: boolean
  children<K extends AnyFact['kind']>(parent: FactId, kind: K): readonly Fact<K>[]
}

const FAMILY: Readonly<Record<string, string>> = { mysql: 'mysql', mariadb: 'mysql' }

export const isSameFamily = (from: SchemaDialect, to: SchemaDialect): boolean =>
  FAMILY[from.kind] !== undefined && FAMILY[from.kind] === FAMILY[to.kind]

const PRODUCTS: Readonly<Record<string, string>> = { postgres: 'PostgreSQL', mysql: 'MySQL', mariadb: 'MariaDB', sqlite: 'SQLite' }
export const productOf = ({ kind }: SchemaDialect): string => PRODUCTS[kind] ?? kind

/** The draft of the table that a foreign key refers to; names that differ in the case of letters are one name on some servers. */
export function draftOf(context: PortContext, schema: string, table: string): TableDraft | undefined {
  const exact = context.tables.get(objectId('table', schema, table))
  if (exact !== undefined || !context.from.port.features.foldsNames) return exact
  const folded = table.toLowerCase()
  return [...context.tables.values()].find(({ fact }) => fact.name.toLowerCase() === folded)
}

/** A column by its name in the source. */
export function columnOf(context: PortContext, table: TableDraft, name: string): ColumnDraft | undefined {
  const exact = table.columns.find(({ fact }) => fact.name === name)
  if (exact !== undefined || !context.from.port.features.foldsNames) return exact
  const folded = name.toLowerCase()
  return table.columns.find(({ fact }) => fact.name.toLowerCase() === folded)
}
