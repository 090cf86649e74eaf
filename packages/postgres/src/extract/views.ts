import { objectId, type Fact, type ViewColumn, type ViewPayload } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { canonicalViewQuery } from './canonical-view.ts'
import { CATALOGUE, address, given, register, storageOptions, type Catalogue } from './catalogue.ts'
import { COLUMN_OPTIONS } from './columns.ts'
import { OWN_VIEWS, notOfExtension, type QueryScope } from './query-scope.ts'

export interface ViewRow {
  readonly oid: number
  readonly type: number
  readonly array: number
  readonly rule: number | null
  readonly schema: string
  readonly name: string
  readonly materialized: boolean
  readonly query: string
  /** JSON text: per column a `ColumnRow`. */
  readonly columns: string
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly method: string | null
  readonly populated: boolean
  readonly comment: string | null
}

type ColumnRow = readonly [
  name: string,
  type: string,
  comment: string | null,
  value: string | null,
  valueOid: number | null,
  options: Readonly<Record<string, string | null>>,
]

const OPTIONS = Object.entries(COLUMN_OPTIONS)
  .map(([name, value]) => `'${name}', ${value}`)
  .join(', ')

export function viewsQuery(scope: QueryScope): string {
  return `SELECT c.oid, c.reltype AS type, coalesce(t.typarray, 0)::oid AS array, r.oid AS rule, n.nspname AS schema, c.relname AS name, c.relkind = 'm' AS materialized, pg_get_viewdef(c.oid) AS query,
      (SELECT json_agg(json_build_array(a.attname, format_type(a.atttypid, a.atttypmod), col_description(c.oid, a.attnum),
          pg_get_expr(def.adbin, def.adrelid), def.oid::bigint, json_build_object(${OPTIONS})) ORDER BY a.attnum)::text
        FROM pg_attribute a JOIN pg_type t ON t.oid = a.atttypid LEFT JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS columns,
      c.reloptions AS options, s.spcname AS tablespace, am.amname AS method, c.relispopulated AS populated, d.description AS comment
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_type t ON t.oid = c.reltype
      LEFT JOIN pg_rewrite r ON r.ev_class = c.oid AND r.rulename = '_RETURN'
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace LEFT JOIN pg_am am ON am.oid = c.relam
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relkind IN ('v', 'm') AND c.relpersistence <> 't' AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`
}

export function addViews(
  catalogue: Catalogue,
  rows: readonly ViewRow[],
  admits: (schema: string, name: string) => boolean,
  major: number,
): void {
  for (const row of rows) {
    if (OWN_VIEWS.has(row.name) || !admits(row.schema, row.name)) continue
    const id = objectId('view', row.schema, row.name)
    const columns = JSON.parse(row.columns ?? '[]') as ColumnRow[]
    const fact: Fact<'view'> = {
      kind: 'view',
      id,
      schema: row.schema,
      name: row.name,
      payload: viewPayload(row, columns, major),
      dependsOn: [],
      ...(row.populated ? {} : { unfilled: true }),
    }
    const addresses = [address(CATALOGUE.relation, row.oid), address(CATALOGUE.type, row.type), address(CATALOGUE.type, row.array)]
    if (row.rule !== null) addresses.push(address(CATALOGUE.rewrite, row.rule))
    for (const [, , , , value] of columns) if (value !== null) addresses.push(address(CATALOGUE.default, value))
    const node = register(catalogue, fact, addresses)
    if (row.materialized) catalogue.relations.set(row.oid, { schema: row.schema, name: row.name, id, node })
  }
}

function viewColumn([name, type, comment, value, , all]: ColumnRow): ViewColumn {
  const options = Object.entries(all).flatMap(([option, text]) => (text === null ? [] : [[option, text] as const]))
  return {
    name,
    type,
    ...given('comment', comment),
    ...given('default', value === null ? null : canonicalExpression(value)),
    ...given('options', options.length === 0 ? null : Object.fromEntries(options)),
  }
}

function viewPayload(row: ViewRow, columns: readonly ColumnRow[], major: number): ViewPayload {
  const query = canonicalExpression(row.query.trim().replace(/;$/, ''))
  return {
    query: major < 16 ? canonicalViewQuery(query) : query,
    materialized: row.materialized,
    columns: columns.map(viewColumn),
    ...given('comment', row.comment),
    options: {
      ...storageOptions(row.options),
      ...given('tablespace', row.tablespace),
      ...given('accessMethod', row.method === 'heap' ? null : row.method),
    },
  }
}
