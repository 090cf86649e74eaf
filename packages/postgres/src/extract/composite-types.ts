import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface CompositeTypeRow {
  readonly oid: number
  readonly array: number
  readonly relation: number
  readonly schema: string
  readonly name: string
  /** JSON text: per attribute `[name, type, collation, comment]`. */
  readonly attributes: string
  readonly comment: string | null
}

/** A table's own row type is the table. */
export function compositeTypesQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.typarray AS array, c.oid AS relation, n.nspname AS schema, t.typname AS name,
      coalesce((SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod),
          CASE WHEN a.attcollation <> at.typcollation AND a.attcollation <> 0
            THEN CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) END,
          col_description(c.oid, a.attnum)) ORDER BY a.attnum)::text
        FROM pg_attribute a JOIN pg_type at ON at.oid = a.atttypid LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped), '[]') AS attributes, obj_description(t.oid, 'pg_type') AS comment
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid
    WHERE t.typnamespace IN (${scope.namespaces}) AND t.typtype = 'c' AND c.relkind = 'c' AND ${notOfExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`
}

type AttributeRow = readonly [name: string, type: string, collation: string | null, comment: string | null]

export function addCompositeTypes(
  catalogue: Catalogue,
  rows: readonly CompositeTypeRow[],
  admits: (schema: string, name: string) => boolean,
): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const attributes = JSON.parse(row.attributes) as readonly AttributeRow[]
    const fact: Fact<'compositeType'> = {
      kind: 'compositeType',
      id: objectId('compositeType', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        attributes: attributes.map(([name, type, collation, comment]) => ({
          name,
          type,
          ...given('collation', collation),
          ...given('comment', comment),
        })),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    const addresses = [address(CATALOGUE.type, row.oid), address(CATALOGUE.relation, row.relation)]
    if (row.array !== 0) addresses.push(address(CATALOGUE.type, row.array))
    register(catalogue, fact, addresses)
  }
}
