import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface TypeRow {
  readonly oid: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly kind: 'e' | 'b'
  /** JSON text, for an enum. */
  readonly values: string | null
  readonly comment: string | null
}

/** Enums, and base types, which only a superuser can make. */
export function typesQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.typarray AS array, n.nspname AS schema, t.typname AS name, t.typtype AS kind,
      (SELECT json_agg(e.enumlabel ORDER BY e.enumsortorder)::text FROM pg_enum e WHERE e.enumtypid = t.oid) AS "values",
      obj_description(t.oid, 'pg_type') AS comment
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
    WHERE t.typnamespace IN (${scope.namespaces}) AND t.typtype IN ('e', 'b') AND NOT EXISTS (SELECT FROM pg_type el WHERE el.typarray = t.oid)
      AND ${notOfExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`
}

export function addTypes(catalogue: Catalogue, rows: readonly TypeRow[], admits: (schema: string, name: string) => boolean): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const addresses = [row.oid, row.array].filter((oid) => oid !== 0).map((oid) => address(CATALOGUE.type, oid))
    if (row.kind !== 'e') {
      register(
        catalogue,
        { kind: 'base type', name: `${row.schema}.${row.name}`, reason: 'A base type is not part of the model.' },
        addresses,
      )
      continue
    }
    const fact: Fact<'enum'> = {
      kind: 'enum',
      id: objectId('enum', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: { values: JSON.parse(row.values ?? '[]') as string[], ...given('comment', row.comment) },
      dependsOn: [],
    }
    register(catalogue, fact, addresses)
  }
}
