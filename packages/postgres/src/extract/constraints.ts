import { memberId, type ConstraintPayload, type Fact, type ForeignReference, type ReferentialAction } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, register, storageOptions, type Catalogue } from './catalogue.ts'
import { sharedPayload } from './shared-payload.ts'
import type { QueryScope } from './query-scope.ts'

export interface ConstraintRow {
  readonly oid: number
  readonly relation: number
  readonly name: string
  readonly type: 'p' | 'u' | 'f' | 'c' | 'x'
  readonly columns: string | null
  readonly index: number
  readonly expression: string | null
  readonly ref_schema: string | null
  readonly ref_table: string | null
  /** JSON texts. */
  readonly ref_columns: string | null
  readonly set_columns: string | null
  readonly include: string | null
  readonly on_delete: string
  readonly on_update: string
  readonly match: string
  readonly deferrable: boolean
  readonly deferred: boolean
  readonly validated: boolean
  readonly no_inherit: boolean
  readonly nulls_not_distinct: boolean
  readonly enforced: boolean
  readonly temporal: boolean
  /** Of a partitioned table, and not on every partition yet. */
  readonly only: boolean | null
  readonly options: readonly string[] | null
  readonly tablespace: string | null
  readonly clustered: boolean | null
  readonly replica_identity: boolean | null
  readonly comment: string | null
  readonly index_comment: string | null
}

const names = (relation: string, numbers: string): string =>
  `(SELECT json_agg(a.attname ORDER BY k.o)::text FROM unnest(${numbers}) WITH ORDINALITY k(n, o) JOIN pg_attribute a ON a.attrelid = ${relation} AND a.attnum = k.n)`

/** What a partition or child has from its parent is the parent's. A NOT NULL that PostgreSQL 18 keeps as a row here is read with its column. */
export function constraintsQuery(scope: QueryScope): string {
  const since = (major: number, column: string, before: string): string => (scope.major >= major ? column : before)
  return `SELECT c.oid, c.conrelid AS relation, c.conname AS name, c.contype AS type, array_to_string(c.conkey, ',') AS columns,
      CASE WHEN c.contype IN ('p', 'u', 'x') THEN c.conindid ELSE 0::oid END AS index,
      CASE c.contype WHEN 'c' THEN pg_get_expr(c.conbin, c.conrelid) WHEN 'x' THEN pg_get_constraintdef(c.oid) END AS expression,
      rn.nspname AS ref_schema, r.relname AS ref_table, CASE WHEN c.contype = 'f' THEN ${names('c.confrelid', 'c.confkey')} END AS ref_columns,
      ${since(15, `CASE WHEN c.confdelsetcols IS NOT NULL THEN ${names('c.conrelid', 'c.confdelsetcols')} END`, 'NULL::text')} AS set_columns,
      CASE WHEN i.indnatts > i.indnkeyatts THEN ${names('i.indrelid', '(i.indkey::int2[])[i.indnkeyatts : i.indnatts]')} END AS include,
      c.confdeltype AS on_delete, c.confupdtype AS on_update, c.confmatchtype AS match, c.condeferrable AS deferrable, c.condeferred AS deferred,
      c.convalidated AS validated, c.connoinherit AS no_inherit, coalesce(${since(15, 'i.indnullsnotdistinct', 'false')}, false) AS nulls_not_distinct,
      ${since(18, 'c.conenforced', 'true')} AS enforced, ${since(18, 'c.conperiod', 'false')} AS temporal,
      t.relkind = 'p' AND NOT i.indisvalid AS only, ic.reloptions AS options, s.spcname AS tablespace, i.indisclustered AS clustered, i.indisreplident AS replica_identity,
      d.description AS comment, di.description AS index_comment
    FROM pg_constraint c JOIN pg_class t ON t.oid = c.conrelid
      LEFT JOIN pg_class r ON r.oid = c.confrelid LEFT JOIN pg_namespace rn ON rn.oid = r.relnamespace
      LEFT JOIN pg_index i ON i.indexrelid = c.conindid AND c.contype IN ('p', 'u', 'x') LEFT JOIN pg_class ic ON ic.oid = i.indexrelid
      LEFT JOIN pg_tablespace s ON s.oid = ic.reltablespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_constraint'::regclass AND d.objoid = c.oid
      LEFT JOIN pg_description di ON di.classoid = 'pg_class'::regclass AND di.objoid = i.indexrelid AND di.objsubid = 0
    WHERE t.relnamespace IN (${scope.namespaces}) AND t.relkind IN ('r', 'p') AND t.relpersistence <> 't' AND c.contype IN ('p', 'u', 'f', 'c', 'x')
      AND c.conparentid = 0 AND (c.contype <> 'c' OR c.coninhcount = 0 OR c.conislocal AND NOT t.relispartition)
    ORDER BY c.conrelid, c.oid`
}

const TYPES = { p: 'primary', u: 'unique', f: 'foreign', c: 'check', x: 'exclusion' } as const
const ACTIONS: Readonly<Record<string, ReferentialAction>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}

export function addConstraints(catalogue: Catalogue, rows: readonly ConstraintRow[]): void {
  for (const row of rows) {
    const table = catalogue.relations.get(row.relation)
    if (table === undefined) continue
    const addresses = [address(CATALOGUE.constraint, row.oid)]
    if (row.index !== 0) addresses.push(address(CATALOGUE.relation, row.index))
    const fact: Fact<'constraint'> = {
      kind: 'constraint',
      id: memberId('constraint', table.schema, table.name, row.name),
      schema: table.schema,
      name: row.name,
      parent: table.id,
      payload: constraintPayload(row, columnNames(catalogue, row)),
      dependsOn: [],
    }
    register(catalogue, fact, addresses)
  }
}

const list = (json: string): readonly string[] => JSON.parse(json) as string[]

const columnNames = (catalogue: Catalogue, row: ConstraintRow): readonly string[] =>
  (row.columns ?? '').split(',').flatMap((number) => catalogue.columns.get(`${row.relation}/${number}`) ?? [])

/** A key or check of one table is often that of many others; a foreign key points somewhere else each time. */
function constraintPayload(row: ConstraintRow, columns: readonly string[]): ConstraintPayload {
  if (row.type === 'f') return statedPayload(row, columns)
  const { oid: _, relation: _1, name: _2, index: _3, columns: _4, ...rest } = row
  return sharedPayload(`constraint\0${JSON.stringify([columns, Object.values(rest)])}`, () => statedPayload(row, columns))
}

function statedPayload(row: ConstraintRow, columns: readonly string[]): ConstraintPayload {
  return {
    type: TYPES[row.type],
    columns,
    ...given('references', row.type === 'f' ? reference(row) : null),
    ...given(
      'expression',
      row.expression === null ? null : canonicalExpression(row.type === 'x' ? exclusionText(row.expression) : row.expression),
    ),
    ...given('include', row.type === 'x' || row.include === null ? null : list(row.include)),
    ...given('deferrable', row.deferrable ? (row.deferred ? ('deferred' as const) : ('immediate' as const)) : null),
    ...given('nullsNotDistinct', row.nulls_not_distinct),
    ...given('notValid', !row.validated && row.enforced),
    // Foreign keys and keys always say NO INHERIT in the catalogue; only a check can choose.
    ...given('noInherit', row.type === 'c' && row.no_inherit),
    ...given('comment', row.comment),
    named: true,
    options: {
      ...(row.type === 'x' ? {} : storageOptions(row.options)),
      ...given('tablespace', row.type === 'x' ? null : row.tablespace),
      ...given('clustered', row.clustered),
      ...given('replicaIdentity', row.replica_identity),
      ...given('notEnforced', !row.enforced),
      ...given('temporal', row.temporal),
      ...given('only', row.only),
      ...given('indexComment', row.index_comment),
    },
  }
}

function reference(row: ConstraintRow): ForeignReference {
  return {
    schema: row.ref_schema ?? '',
    table: row.ref_table ?? '',
    columns: list(row.ref_columns ?? '[]'),
    onDelete: ACTIONS[row.on_delete] ?? 'no action',
    onUpdate: ACTIONS[row.on_update] ?? 'no action',
    ...given('match', row.match === 'f' ? ('full' as const) : null),
    ...given('onDeleteColumns', row.set_columns === null ? null : list(row.set_columns)),
  }
}

/** What stands after EXCLUDE, without what is an attribute of every constraint. */
function exclusionText(definition: string): string {
  return definition.replace(/^EXCLUDE /, '').replace(/ DEFERRABLE( INITIALLY DEFERRED)?$/, '')
}
