import { objectId, type Fact, type FactId, type TablePayload } from '@yama/schema'
import { CATALOGUE, address, given, register, storageOptions, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface TableRow {
  readonly oid: number
  readonly type: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly kind: 'r' | 'p'
  readonly persistence: 'p' | 'u' | 't'
  readonly options: readonly string[] | null
  readonly toast: readonly string[] | null
  readonly tablespace: string | null
  readonly method: string | null
  /** Of the table that it is a partition of, where somebody gave that one. */
  readonly method_above: string | null
  readonly row_security: boolean
  readonly force_row_security: boolean
  readonly replica_identity: 'd' | 'n' | 'f' | 'i'
  readonly typed: boolean
  readonly partition: boolean
  readonly bound: string | null
  readonly partition_by: string | null
  /** JSON text: per parent `[oid, schema, name]`, in order. */
  readonly parents: string | null
  readonly comment: string | null
  readonly definition: string | null
}

const NAME = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/** For a table that the model does not carry: the statement that would make it, so that a change in it is seen. */
const DEFINITION = `CASE WHEN c.reloftype <> 0 THEN
        'CREATE TABLE ' || ${NAME} || ' ('
        || concat_ws(', ',
          (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(CASE WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(v.adbin, v.adrelid) ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(v.adbin, v.adrelid) || ')' END, '')
            || CASE WHEN a.attidentity = '' THEN '' ELSE ' GENERATED AS IDENTITY' END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
          (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'))
        || ')' || coalesce(' PARTITION OF ' || (SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition) || ' ' || pg_get_expr(c.relpartbound, c.oid), '')
        || coalesce((SELECT string_agg('; ' || pg_get_indexdef(x.indexrelid), '' ORDER BY x.indexrelid::regclass::text COLLATE "C") FROM pg_index x WHERE x.indrelid = c.oid AND NOT EXISTS (SELECT FROM pg_constraint b WHERE b.conindid = x.indexrelid)), '')
      END`

export function tablesQuery(scope: QueryScope): string {
  return `SELECT c.oid, c.reltype AS type, coalesce(t.typarray, 0)::oid AS array, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence AS persistence,
      c.reloptions AS options, toast.reloptions AS toast, s.spcname AS tablespace, a.amname AS method,
      CASE WHEN c.relispartition THEN (SELECT pa.amname FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_am pa ON pa.oid = pc.relam WHERE i.inhrelid = c.oid) END AS method_above,
      c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security, c.relreplident AS replica_identity,
      c.reloftype <> 0 AS typed, c.relispartition AS partition, pg_get_expr(c.relpartbound, c.oid) AS bound, CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END AS partition_by,
      (SELECT json_agg(json_build_array(i.inhparent, pn.nspname, pc.relname) ORDER BY i.inhseqno)::text FROM pg_inherits i JOIN pg_class pc ON pc.oid = i.inhparent JOIN pg_namespace pn ON pn.oid = pc.relnamespace WHERE i.inhrelid = c.oid) AS parents,
      d.description AS comment, ${DEFINITION} AS definition
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_type t ON t.oid = c.reltype
      LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace LEFT JOIN pg_am a ON a.oid = c.relam
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relkind IN ('r', 'p') AND c.relpersistence <> 't'
      AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`
}

export function addTables(
  catalogue: Catalogue,
  rows: readonly TableRow[],
  attached: ReadonlyMap<number, Readonly<Record<FactId, string>>>,
  admits: (schema: string, name: string) => boolean,
): void {
  for (const row of rows) {
    if (!admits(row.schema, row.name)) continue
    const addresses = [address(CATALOGUE.relation, row.oid), address(CATALOGUE.type, row.type), address(CATALOGUE.type, row.array)]
    const foreign = unmanagedKind(row)
    if (foreign !== undefined) {
      register(
        catalogue,
        { kind: foreign.kind, name: `${row.schema}.${row.name}`, reason: foreign.reason, ...given('definition', row.definition) },
        addresses,
      )
      continue
    }
    const id = objectId('table', row.schema, row.name)
    const fact: Fact<'table'> = {
      kind: 'table',
      id,
      schema: row.schema,
      name: row.name,
      payload: {
        ...given('comment', row.comment),
        ...family(row),
        ...given('attached', attached.get(row.oid)),
        options: tableOptions(row),
      },
      dependsOn: [],
    }
    const node = register(catalogue, fact, addresses)
    catalogue.relations.set(row.oid, { schema: row.schema, name: row.name, id, node })
  }
  for (const row of rows) withoutParents(catalogue, row)
}

type ParentRow = readonly [oid: number, schema: string, name: string]
const parentRows = (row: TableRow): readonly ParentRow[] => (row.parents === null ? [] : (JSON.parse(row.parents) as ParentRow[]))

function family(row: TableRow): Pick<TablePayload, 'partitionBy' | 'partitionOf' | 'inherits'> {
  const parents = parentRows(row).map(([, schema, name]) => objectId('table', schema, name))
  return {
    ...given('partitionBy', row.partition_by),
    ...given('partitionOf', row.partition && parents[0] !== undefined ? { table: parents[0], bound: row.bound ?? 'DEFAULT' } : null),
    ...given('inherits', row.partition || parents.length === 0 ? null : parents),
  }
}

/** A table whose parent is left out cannot be described without it. */
function withoutParents(catalogue: Catalogue, row: TableRow): void {
  const own = catalogue.relations.get(row.oid)
  if (own === undefined) return
  for (const [oid, schema, name] of parentRows(row)) {
    const parent = catalogue.byAddress.get(address(CATALOGUE.relation, oid))
    if (parent !== undefined) own.node.uses.push(parent)
    else
      own.node.unmanaged = {
        kind: row.partition ? 'partition' : 'inherited table',
        name: `${row.schema}.${row.name}`,
        reason: `Its parent ${schema}.${name} is not looked at.`,
      }
  }
}

function unmanagedKind(row: TableRow): { readonly kind: string; readonly reason: string } | undefined {
  if (row.typed) return { kind: 'typed table', reason: 'A table of a composite type is not part of the model.' }
  return undefined
}

function tableOptions(row: TableRow): Record<string, string | boolean> {
  return {
    // A partitioned table holds no rows, so the word means nothing there and comes and goes with versions.
    ...given('unlogged', row.persistence === 'u' && row.kind !== 'p'),
    ...storageOptions(row.options),
    ...storageOptions(row.toast, 'toast.'),
    ...given('tablespace', row.tablespace),
    // A partitioned table has one only where somebody said so.
    ...given('accessMethod', row.method === (row.method_above ?? (row.partition_by === null ? 'heap' : null)) ? null : row.method),
    ...given('rowSecurity', row.row_security),
    ...given('forceRowSecurity', row.force_row_security),
    ...given('replicaIdentity', { d: null, i: null, n: 'nothing', f: 'full' }[row.replica_identity]),
  }
}
