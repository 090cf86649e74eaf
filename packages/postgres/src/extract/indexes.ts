import { memberId, type Fact, type IndexKey, type IndexPayload } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, register, storageOptions, type Catalogue } from './catalogue.ts'
import { sharedPayload } from './shared-payload.ts'
import type { QueryScope } from './query-scope.ts'

export interface IndexRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly method: string
  readonly unique: boolean
  readonly key_count: number
  /** JSON text: per column of the index `[number, option bits, operator class, collation, expression]`. */
  readonly keys: string
  readonly where: string | null
  readonly nulls_not_distinct: boolean
  readonly valid: boolean
  /** Of a partitioned table, and not on every partition. */
  readonly only: boolean
  readonly clustered: boolean
  readonly replica_identity: boolean
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  /** Of its expressions: `1=400`. */
  readonly statistics: string | null
  readonly comment: string | null
}
type KeyRow = readonly [
  number: number,
  bits: number | null,
  operatorClass: string | null,
  collation: string | null,
  expression: string | null,
]

const QUALIFIED_CLASS = `CASE WHEN ocn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(ocn.nspname) || '.' END || quote_ident(oc.opcname)`
const QUALIFIED_COLLATION = `CASE WHEN con.nspname = 'pg_catalog' THEN '' ELSE quote_ident(con.nspname) || '.' END || quote_ident(co.collname)`

/** Parameters of the operator class, without what the server keeps there for itself. */
const STATED = `(SELECT string_agg(split_part(o, '=', 1) || '=' || quote_literal(substr(o, strpos(o, '=') + 1)), ', ') FROM unnest(ia.attoptions) o WHERE o !~ '^pg_')`

/** Indexes which are not behind a constraint, of tables and materialized views. */
export function indexesQuery(scope: QueryScope): string {
  return `SELECT i.indexrelid AS oid, i.indrelid AS relation, c.relname AS name, am.amname AS method, i.indisunique AS "unique", i.indnkeyatts::int AS key_count, k.keys, k.statistics,
      pg_get_expr(i.indpred, i.indrelid) AS "where", ${scope.major >= 15 ? 'i.indnullsnotdistinct' : 'false'} AS nulls_not_distinct, i.indisvalid OR t.relkind = 'p' AS valid, t.relkind = 'p' AND NOT i.indisvalid AS only,
      i.indisclustered AS clustered, i.indisreplident AS replica_identity, c.reloptions AS options, s.spcname AS tablespace, d.description AS comment
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid JOIN pg_am am ON am.oid = c.relam
      CROSS JOIN LATERAL (
        SELECT json_agg(json_build_array(x.number, x.bits,
            CASE WHEN NOT oc.opcdefault OR ${STATED} IS NOT NULL THEN ${QUALIFIED_CLASS} || coalesce('(' || ${STATED} || ')', '') END,
            CASE WHEN x.collate_oid <> 0 AND x.collate_oid <> coalesce(ta.attcollation, ty.typcollation) THEN ${QUALIFIED_COLLATION} END,
            CASE WHEN x.number = 0 THEN pg_get_indexdef(i.indexrelid, x.ord::int, true) END) ORDER BY x.ord)::text AS keys,
          string_agg(CASE WHEN ia.attstattarget >= 0 THEN x.ord || '=' || ia.attstattarget END, ', ' ORDER BY x.ord) AS statistics
        FROM unnest(i.indkey::int2[], i.indoption::int2[], i.indclass::oid[], i.indcollation::oid[]) WITH ORDINALITY x(number, bits, class_oid, collate_oid, ord)
          JOIN pg_attribute ia ON ia.attrelid = i.indexrelid AND ia.attnum = x.ord JOIN pg_type ty ON ty.oid = ia.atttypid
          LEFT JOIN pg_attribute ta ON ta.attrelid = i.indrelid AND ta.attnum = x.number AND x.number > 0
          LEFT JOIN pg_opclass oc ON oc.oid = x.class_oid LEFT JOIN pg_namespace ocn ON ocn.oid = oc.opcnamespace
          LEFT JOIN pg_collation co ON co.oid = x.collate_oid LEFT JOIN pg_namespace con ON con.oid = co.collnamespace) k
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = i.indexrelid AND d.objsubid = 0
    WHERE t.relnamespace IN (${scope.namespaces}) AND t.relkind IN ('r', 'p', 'm') AND t.relpersistence <> 't' AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_constraint b WHERE b.conindid = i.indexrelid AND b.contype IN ('p', 'u', 'x'))
    ORDER BY i.indrelid, c.relname`
}

export function addIndexes(catalogue: Catalogue, rows: readonly IndexRow[]): void {
  for (const row of rows) {
    const table = catalogue.relations.get(row.relation)
    if (table === undefined) continue
    const fact: Fact<'index'> = {
      kind: 'index',
      id: memberId('index', table.schema, table.name, row.name),
      schema: table.schema,
      name: row.name,
      parent: table.id,
      payload: sharedPayload(payloadKey(catalogue, row), () => indexPayload(catalogue, row)),
      dependsOn: [],
    }
    const node = register(catalogue, fact, [address(CATALOGUE.relation, row.oid)])
    if (table.node.fact?.kind === 'view') node.uses.push(table.node)
  }
}

/** Everything that `indexPayload` reads: the columns' names stand for their numbers. */
function payloadKey(catalogue: Catalogue, row: IndexRow): string {
  const { oid: _, relation, name: _1, ...rest } = row
  const names = [...row.keys.matchAll(/\[(\d+),/g)].map(([, number]) => catalogue.columns.get(`${relation}/${number}`))
  return `index\0${JSON.stringify([names, Object.values(rest)])}`
}

function indexPayload(catalogue: Catalogue, row: IndexRow): IndexPayload {
  const all = JSON.parse(row.keys) as KeyRow[]
  const nameOf = (number: number): string => catalogue.columns.get(`${row.relation}/${number}`) ?? ''
  const keys = all.slice(0, row.key_count).map(([number, bits, operatorClass, collation, expression]): IndexKey => {
    const descending = ((bits ?? 0) & 1) !== 0
    const nullsFirst = ((bits ?? 0) & 2) !== 0
    return {
      ...(number === 0 ? { expression: canonicalExpression(expression ?? '') } : { column: nameOf(number) }),
      ...given('descending', descending),
      ...given('nulls', nullsFirst === descending ? null : nullsFirst ? ('first' as const) : ('last' as const)),
      ...given('collation', collation),
      ...given('operatorClass', operatorClass),
    }
  })
  const include = all.slice(row.key_count).map(([number]) => nameOf(number))
  return {
    unique: row.unique,
    method: row.method,
    keys,
    ...given('include', include.length === 0 ? null : include),
    ...given('where', row.where === null ? null : canonicalExpression(row.where)),
    ...given('nullsNotDistinct', row.nulls_not_distinct),
    ...given('invalid', !row.valid),
    ...given('comment', row.comment),
    options: {
      ...storageOptions(row.options),
      ...given('tablespace', row.tablespace),
      ...given('only', row.only),
      ...given('clustered', row.clustered),
      ...given('replicaIdentity', row.replica_identity),
      ...given('statistics', row.statistics),
    },
  }
}
