import { objectId, type Fact } from '@yama/schema'
import { CATALOGUE, address, given, register, storageOptions, type Catalogue } from './catalogue.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface TableRow {
  readonly oid: number
  readonly type: number
  readonly array: number
  readonly schema: string
  readonly name: string
  readonly kind: 'r' | 'p' | 'f'
  readonly persistence: 'p' | 'u' | 't'
  readonly options: readonly string[] | null
  readonly toast: readonly string[] | null
  readonly tablespace: string | null
  readonly method: string | null
  readonly row_security: boolean
  readonly force_row_security: boolean
  readonly replica_identity: 'd' | 'n' | 'f' | 'i'
  readonly typed: boolean
  readonly partition: boolean
  readonly inherits: boolean
  readonly comment: string | null
  readonly definition: string | null
}

const NAME = `quote_ident(n.nspname) || '.' || quote_ident(c.relname)`

/** For a table that the model does not carry: the statement that would make it, so that a change in it is seen. */
const DEFINITION = `CASE WHEN c.relkind <> 'r' OR c.relispartition OR c.reloftype <> 0 OR EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) THEN
        'CREATE ' || CASE c.relkind WHEN 'f' THEN 'FOREIGN ' ELSE '' END || 'TABLE ' || ${NAME} || ' ('
        || concat_ws(', ',
          (SELECT string_agg(quote_ident(a.attname) || ' ' || format_type(a.atttypid, a.atttypmod) || coalesce(CASE WHEN a.attgenerated = '' THEN ' DEFAULT ' || pg_get_expr(v.adbin, v.adrelid) ELSE ' GENERATED ALWAYS AS (' || pg_get_expr(v.adbin, v.adrelid) || ')' END, '')
            || CASE WHEN a.attidentity = '' THEN '' ELSE ' GENERATED AS IDENTITY' END || CASE WHEN a.attnotnull THEN ' NOT NULL' ELSE '' END, ', ' ORDER BY a.attnum)
            FROM pg_attribute a LEFT JOIN pg_attrdef v ON v.adrelid = a.attrelid AND v.adnum = a.attnum WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
          (SELECT string_agg('CONSTRAINT ' || quote_ident(k.conname) || ' ' || pg_get_constraintdef(k.oid), ', ' ORDER BY k.conname) FROM pg_constraint k WHERE k.conrelid = c.oid AND k.contype <> 'n'))
        || ')' || coalesce(' INHERITS (' || (SELECT string_agg(i.inhparent::regclass::text, ', ' ORDER BY i.inhseqno) FROM pg_inherits i WHERE i.inhrelid = c.oid AND NOT c.relispartition) || ')', '')
        || coalesce(' PARTITION OF ' || (SELECT i.inhparent::regclass::text FROM pg_inherits i WHERE i.inhrelid = c.oid AND c.relispartition) || ' ' || pg_get_expr(c.relpartbound, c.oid), '')
        || coalesce(' PARTITION BY ' || CASE WHEN c.relkind = 'p' THEN pg_get_partkeydef(c.oid) END, '')
        || coalesce((SELECT string_agg('; ' || pg_get_indexdef(x.indexrelid), '' ORDER BY x.indexrelid::regclass::text COLLATE "C") FROM pg_index x WHERE x.indrelid = c.oid AND NOT EXISTS (SELECT FROM pg_constraint b WHERE b.conindid = x.indexrelid)), '')
      END`

export function tablesQuery(scope: QueryScope): string {
  return `SELECT c.oid, c.reltype AS type, coalesce(t.typarray, 0)::oid AS array, n.nspname AS schema, c.relname AS name, c.relkind AS kind, c.relpersistence AS persistence,
      c.reloptions AS options, toast.reloptions AS toast, s.spcname AS tablespace, a.amname AS method,
      c.relrowsecurity AS row_security, c.relforcerowsecurity AS force_row_security, c.relreplident AS replica_identity,
      c.reloftype <> 0 AS typed, c.relispartition AS partition, EXISTS (SELECT FROM pg_inherits i WHERE i.inhrelid = c.oid) AS inherits,
      d.description AS comment, ${DEFINITION} AS definition
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_type t ON t.oid = c.reltype
      LEFT JOIN pg_class toast ON toast.oid = c.reltoastrelid AND toast.reloptions IS NOT NULL
      LEFT JOIN pg_tablespace s ON s.oid = c.reltablespace LEFT JOIN pg_am a ON a.oid = c.relam
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relkind IN ('r', 'p', 'f') AND c.relpersistence <> 't'
      AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`
}

export function addTables(catalogue: Catalogue, rows: readonly TableRow[], admits: (schema: string, name: string) => boolean): void {
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
      payload: { ...given('comment', row.comment), options: tableOptions(row) },
      dependsOn: [],
    }
    const node = register(catalogue, fact, addresses)
    catalogue.relations.set(row.oid, { schema: row.schema, name: row.name, id, node })
  }
}

function unmanagedKind(row: TableRow): { readonly kind: string; readonly reason: string } | undefined {
  if (row.kind === 'f') return { kind: 'foreign table', reason: 'A foreign table is not part of the model.' }
  if (row.kind === 'p') return { kind: 'partitioned table', reason: 'Partitioning is not part of the model.' }
  if (row.partition) return { kind: 'partition', reason: 'Partitioning is not part of the model.' }
  if (row.inherits) return { kind: 'inherited table', reason: 'Inheritance is not part of the model.' }
  if (row.typed) return { kind: 'typed table', reason: 'A table of a composite type is not part of the model.' }
  return undefined
}

function tableOptions(row: TableRow): Record<string, string | boolean> {
  return {
    ...given('unlogged', row.persistence === 'u'),
    ...storageOptions(row.options),
    ...storageOptions(row.toast, 'toast.'),
    ...given('tablespace', row.tablespace),
    ...given('accessMethod', row.method === 'heap' ? null : row.method),
    ...given('rowSecurity', row.row_security),
    ...given('forceRowSecurity', row.force_row_security),
    ...given('replicaIdentity', { d: null, i: null, n: 'nothing', f: 'full' }[row.replica_identity]),
  }
}
