import type { SchemaDialect } from '../contract/schema-dialect.ts'

/** A string literal; every server casts it to the column's type. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`

export function tableName({ schema, name }: { readonly schema: string; readonly name: string }, dialect: SchemaDialect): string {
  return schema === '' ? dialect.quote(name) : `${dialect.quote(schema)}.${dialect.quote(name)}`
}

const SPATIAL = /^(?:point|linestring|polygon|geometry|multi\w+|geometrycollection)\b/i

/** A column as text, so that drivers' own types do not matter. */
export function asText(column: string, dialect: SchemaDialect, type = ''): string {
  // MariaDB casts no point.
  if (dialect.kind === 'mariadb' && SPATIAL.test(type)) return `ST_AsText(${dialect.quote(column)})`
  return `CAST(${dialect.quote(column)} AS ${dialect.kind === 'mysql' || dialect.kind === 'mariadb' ? 'char' : 'text'})`
}
