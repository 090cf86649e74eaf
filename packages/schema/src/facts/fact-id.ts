import type { FactId, FactKind } from './fact.ts'

const part = (text: string): string => (/[.":]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Id of an object of a schema; `schema` is `''` where the database has none. */
export function objectId(kind: FactKind, schema: string, name: string): FactId {
  return schema === '' ? `${kind}:${part(name)}` : `${kind}:${part(schema)}.${part(name)}`
}

/** Id of a column, constraint or index of a table; an index carries its table, so that a rename of the table is one change. */
export function memberId(kind: 'column' | 'constraint' | 'index', schema: string, table: string, name: string): FactId {
  return schema === '' ? `${kind}:${part(table)}.${part(name)}` : `${kind}:${part(schema)}.${part(table)}.${part(name)}`
}
