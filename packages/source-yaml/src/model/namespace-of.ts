import type { SchemaDialect } from '@yama/schema'

/** True where a database has namespaces inside it. SQLite has none, and on MySQL and MariaDB a namespace is a database of its own. */
export const hasNamespaces = ({ defaultSchema }: Pick<SchemaDialect, 'defaultSchema'>): boolean => defaultSchema !== ''

/** The namespace that an entity means. Where there are none the name stands alone, and two entities with one name are refused. */
export function namespaceOf(stated: string | undefined, dialect: SchemaDialect): string {
  return stated === undefined || !hasNamespaces(dialect) ? dialect.defaultSchema : stated
}
