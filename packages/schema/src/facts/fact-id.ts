import type { FactId, FactKind } from './fact.ts'

const part = (text: string): string => (/[.":]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** Id of an object of a schema; `schema` is `''` where the database has none. */
export function objectId(kind: FactKind, schema: string, name: string): FactId {
  return schema === '' ? `${kind}:${part(name)}` : `${kind}:${part(schema)}.${part(name)}`
}

/** Kinds whose id carries the object that they belong to. */
export type MemberKind = 'column' | 'constraint' | 'index' | 'trigger' | 'rule' | 'policy' | 'grant' | 'rows' | 'owner'

/** Id of a column, constraint, index or the like of a table; it carries its table, so that a rename of the table is one change. */
export function memberId(kind: MemberKind, schema: string, table: string, name: string): FactId {
  return schema === '' ? `${kind}:${part(table)}.${part(name)}` : `${kind}:${part(schema)}.${part(table)}.${part(name)}`
}

/**
 * `memberId` of a column, from the id of its table or view: what is asked for many columns of one table.
 *
 * @example columnOf('table:public.users', 'email') // 'column:public.users.email'
 */
export const columnOf = (table: FactId, name: string): FactId => `column:${table.slice(table.indexOf(':') + 1)}.${part(name)}`
