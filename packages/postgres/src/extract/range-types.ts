import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface RangeTypeRow {
  readonly oid: number
  readonly array: number
  readonly multirange_oid: number
  readonly multirange_array: number
  readonly schema: string
  readonly name: string
  readonly subtype: string
  readonly operator_class: string | null
  readonly collation: string | null
  readonly canonical: string | null
  readonly difference: string | null
  readonly multirange: string
  readonly multirange_plain: boolean
  readonly comment: string | null
}

export function rangeTypesQuery(scope: QueryScope): string {
  return `SELECT t.oid, t.typarray AS array, mt.oid AS multirange_oid, mt.typarray AS multirange_array, n.nspname AS schema, t.typname AS name, format_type(r.rngsubtype, NULL) AS subtype,
      CASE WHEN NOT oc.opcdefault THEN quote_ident(ocn.nspname) || '.' || quote_ident(oc.opcname) END AS operator_class,
      CASE WHEN r.rngcollation <> st.typcollation THEN CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) END AS "collation",
      nullif(r.rngcanonical::oid, 0)::regproc::text AS canonical, nullif(r.rngsubdiff::oid, 0)::regproc::text AS difference,
      quote_ident(mn.nspname) || '.' || quote_ident(mt.typname) AS multirange,
      mn.oid = n.oid AND mt.typname = CASE WHEN t.typname LIKE '%range%' THEN regexp_replace(t.typname, 'range', 'multirange') ELSE t.typname || '_multirange' END AS multirange_plain,
      obj_description(t.oid, 'pg_type') AS comment
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_range r ON r.rngtypid = t.oid JOIN pg_type st ON st.oid = r.rngsubtype
      JOIN pg_type mt ON mt.oid = r.rngmultitypid JOIN pg_namespace mn ON mn.oid = mt.typnamespace
      LEFT JOIN pg_opclass oc ON oc.oid = r.rngsubopc LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
      LEFT JOIN pg_collation co ON co.oid = r.rngcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
    WHERE t.typnamespace IN (${scope.namespaces}) AND t.typtype = 'r' AND ${notOfExtension('pg_type', 't.oid')}
    ORDER BY n.nspname, t.typname`
}

export function addRangeTypes(
  catalogue: Catalogue,
  rows: readonly RangeTypeRow[],
  admits: (schema: string, name: string) => boolean,
): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const fact: Fact<'rangeType'> = {
      kind: 'rangeType',
      id: objectId('rangeType', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        subtype: row.subtype,
        ...given('operatorClass', row.operator_class),
        ...given('collation', row.collation),
        ...given('canonical', row.canonical),
        ...given('difference', row.difference),
        ...given('multirange', row.multirange_plain ? null : row.multirange),
        ...given('comment', row.comment),
      },
      dependsOn: [],
    }
    const oids = [row.oid, row.array, row.multirange_oid, row.multirange_array].filter((oid) => oid !== 0)
    const addresses = oids.map((oid) => address(CATALOGUE.type, oid))
    const { canonical, ...others } = fact.payload
    if (canonical === undefined) register(catalogue, fact, addresses)
    else
      register(
        catalogue,
        {
          kind: 'range type',
          name: `${row.schema}.${row.name}`,
          reason: 'Its canonical function takes the type, and is there before it.',
          definition: JSON.stringify({ canonical, ...others }),
        },
        addresses,
      )
  }
}
