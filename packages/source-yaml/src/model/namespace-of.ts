import type { SchemaDialect } from '@yama/schema'

/** The namespace that an entity means. SQLite has none: there the name stands alone, and two entities with one name are refused. */
export function namespaceOf(stated: string | undefined, dialect: SchemaDialect): string {
  return stated === undefined || dialect.kind === 'sqlite' ? dialect.defaultSchema : stated
}
