import { memberId, objectId, type Fact, type Identity } from '@yama/schema'
import { defaultSequenceName } from '../types/default-name.ts'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import type { ColumnRow } from './column-row.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

export interface SequenceRow {
  readonly oid: number
  readonly schema: string
  readonly name: string
  readonly type: string
  readonly start: string
  readonly increment: string
  readonly min: string
  readonly max: string
  readonly cache: string
  readonly cycle: boolean
  readonly unlogged: boolean
  /** Whether the table that it belongs to is otherwise. */
  readonly apart: boolean | null
  readonly owner: number | null
  readonly owner_column: number | null
  readonly identity: boolean
  /** As `nextval` prints it: qualified and quoted. */
  readonly printed: string
  readonly comment: string | null
}

/** A sequence that is part of an identity or serial column. */
export interface OwnedSequence {
  readonly oid: number
  readonly identity: Identity
  /** Only where its table is otherwise. */
  readonly persistence?: 'logged' | 'unlogged'
}

export function sequencesQuery(scope: QueryScope): string {
  return `SELECT c.oid, n.nspname AS schema, c.relname AS name, format_type(s.seqtypid, NULL) AS type, s.seqstart::text AS start, s.seqincrement::text AS increment,
      s.seqmin::text AS min, s.seqmax::text AS max, s.seqcache::text AS cache, s.seqcycle AS cycle,
      c.relpersistence = 'u' AS unlogged, ${scope.major >= 15 ? 'c.relpersistence <> t.relpersistence' : 'NULL::boolean'} AS apart,
      o.refobjid AS owner, o.refobjsubid AS owner_column, coalesce(o.deptype = 'i', false) AS identity,
      quote_ident(n.nspname) || '.' || quote_ident(c.relname) AS printed, d.description AS comment
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_sequence s ON s.seqrelid = c.oid
      LEFT JOIN pg_depend o ON o.classid = 'pg_class'::regclass AND o.objid = c.oid AND o.objsubid = 0 AND o.refclassid = 'pg_class'::regclass AND o.refobjsubid > 0 AND o.deptype IN ('a', 'i')
      LEFT JOIN pg_class t ON t.oid = o.refobjid
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = c.oid AND d.objsubid = 0
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relkind = 'S' AND c.relpersistence <> 't' AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY n.nspname, c.relname`
}

const LARGEST: Readonly<Record<string, string>> = { smallint: '32767', integer: '2147483647', bigint: '9223372036854775807' }
const SMALLEST: Readonly<Record<string, string>> = { smallint: '-32768', integer: '-2147483648', bigint: '-9223372036854775808' }

/** Bounds and start that the server chooses for a sequence of this type and direction. */
export function sequenceDefaults(type: string, increment: string): { readonly min: string; readonly max: string; readonly start: string } {
  const ascending = !increment.startsWith('-')
  const min = ascending ? '1' : (SMALLEST[type] ?? '')
  const max = ascending ? (LARGEST[type] ?? '') : '-1'
  return { min, max, start: ascending ? min : max }
}

/**
 * The sequences that are part of a column: those of identity columns, and those that make a `serial`, that is an owned
 * sequence of the column's own type behind a plain `nextval` default. Every other one stands for itself.
 */
export function ownedSequences(
  catalogue: Catalogue,
  rows: readonly SequenceRow[],
  columns: readonly ColumnRow[],
): ReadonlyMap<string, OwnedSequence> {
  const byColumn = new Map(columns.map((column) => [address(CATALOGUE.relation, column.relation, column.number), column]))
  const owned = new Map<string, OwnedSequence>()
  for (const row of rows) {
    if (row.owner === null || row.owner_column === null) continue
    const owner = address(CATALOGUE.relation, row.owner, row.owner_column)
    const column = byColumn.get(owner)
    const table = catalogue.relations.get(row.owner)
    if (column === undefined || table === undefined || (table.schema !== row.schema && !row.identity)) continue
    const serial = !row.identity
    if (
      serial &&
      (column.default !== `nextval('${row.printed.replaceAll("'", "''")}'::regclass)` ||
        column.type !== row.type ||
        column.generated !== '')
    )
      continue
    if (serial && (owned.has(owner) || row.comment !== null)) continue
    const defaults = sequenceDefaults(row.type, row.increment)
    owned.set(owner, {
      oid: row.oid,
      ...given('persistence', row.apart === true ? (row.unlogged ? ('unlogged' as const) : ('logged' as const)) : null),
      identity: {
        mode: serial ? 'serial' : column.identity === 'a' ? 'always' : 'default',
        ...given('start', row.start === defaults.start ? null : row.start),
        ...given('increment', row.increment === '1' ? null : row.increment),
        ...given('min', row.min === defaults.min ? null : row.min),
        ...given('max', row.max === defaults.max ? null : row.max),
        ...given('cache', row.cache === '1' ? null : row.cache),
        ...given('cycle', row.cycle),
        ...given('sequence', row.name === defaultSequenceName(table.name, column.name) ? null : row.name),
      },
    })
  }
  return owned
}

/** Adds the sequences that stand for themselves. Owning a column is an attribute, not a dependency: it would be a cycle with the default. */
export function addSequences(
  catalogue: Catalogue,
  rows: readonly SequenceRow[],
  owned: ReadonlyMap<string, OwnedSequence>,
  admits: (schema: string, name: string) => boolean,
): void {
  const parts = new Set([...owned.values()].map((sequence) => sequence.oid))
  for (const row of rows) {
    if (parts.has(row.oid) || !admits(row.schema, row.name)) continue
    const at = [address(CATALOGUE.relation, row.oid)]
    const table = row.owner === null ? undefined : catalogue.relations.get(row.owner)
    if (row.identity || (row.owner !== null && table === undefined)) {
      const reason = 'It belongs to a column that is not managed, or carries more than its column says.'
      register(catalogue, { kind: 'sequence', name: `${row.schema}.${row.name}`, reason }, at)
      continue
    }
    const column = catalogue.columns.get(`${row.owner}/${row.owner_column}`)
    const fact: Fact<'sequence'> = {
      kind: 'sequence',
      id: objectId('sequence', row.schema, row.name),
      schema: row.schema,
      name: row.name,
      payload: {
        type: row.type,
        start: row.start,
        increment: row.increment,
        min: row.min,
        max: row.max,
        cache: row.cache,
        cycle: row.cycle,
        ...given('unlogged', row.unlogged),
        ...given('comment', row.comment),
        ...given('ownedBy', table === undefined || column === undefined ? null : memberId('column', table.schema, table.name, column)),
      },
      dependsOn: [],
    }
    register(catalogue, fact, at)
  }
}
