import { memberId, type ColumnPayload, type Fact, type Identity } from '@yama/schema'
import { canonicalExpression } from './canonical-expression.ts'
import { CATALOGUE, address, given, register, type Catalogue } from './catalogue.ts'
import type { ColumnRow } from './column-row.ts'
import { sharedPayload } from './shared-payload.ts'
import type { OwnedSequence } from './sequences.ts'
import { notNullOptions, notNullParts } from './not-null.ts'
import { notOfExtension, type QueryScope } from './query-scope.ts'

const STORAGE = `CASE a.attstorage WHEN 'p' THEN 'plain' WHEN 'e' THEN 'external' WHEN 'm' THEN 'main' WHEN 'x' THEN 'extended' END`

/**
 * Attribute options that somebody stated. Recent minor releases keep `pg_attver` among them, a number of the server's own
 * that changes with every ALTER TABLE and that pg_dump leaves out as well.
 */
export const userOptions = (options: string): string =>
  `SELECT string_agg(o, ', ' ORDER BY o COLLATE "C") FROM unnest(${options}) o WHERE o !~ '^pg_'`

/** Everything of a column that is stated beside its type; over `a` of pg_attribute and `t` of pg_type. */
export const COLUMN_OPTIONS = {
  storage: `CASE WHEN a.attstorage <> t.typstorage THEN ${STORAGE} END`,
  compression: `CASE a.attcompression WHEN 'p' THEN 'pglz' WHEN 'l' THEN 'lz4' END`,
  statistics: 'nullif(a.attstattarget::int, -1)::text',
  attributes: `(${userOptions('a.attoptions')})`,
} as const

/** Columns of tables and materialized views, with everything that differs from what the type brings. */
export function columnsQuery(scope: QueryScope): string {
  const notNull = notNullParts(scope.major)
  return `SELECT a.attrelid AS relation, a.attnum::int AS number, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, a.attnotnull AS not_null,
      pg_get_expr(def.adbin, def.adrelid) AS "default", def.oid AS default_oid, a.attgenerated AS generated, a.attidentity AS identity,
      CASE WHEN a.attcollation <> t.typcollation AND a.attcollation <> 0
        THEN CASE WHEN cn.nspname = 'pg_catalog' THEN '' ELSE quote_ident(cn.nspname) || '.' END || quote_ident(co.collname) END AS "collation",
      ${COLUMN_OPTIONS.storage} AS storage, ${COLUMN_OPTIONS.compression} AS compression,
      ${COLUMN_OPTIONS.statistics} AS statistics, ${COLUMN_OPTIONS.attributes} AS options, d.description AS comment,
      ${notNull.columns},
      a.attinhcount > 0 AND (c.relispartition OR NOT a.attislocal) AS inherited, a.attinhcount > 0 AND NOT (c.relispartition OR a.attislocal) AS undeclared,
      CASE WHEN a.attinhcount > 0 THEN (SELECT ${notNull.unchanged} AND pg_get_expr(pd.adbin, pd.adrelid) IS NOT DISTINCT FROM pg_get_expr(def.adbin, def.adrelid)
          AND pa.attstorage = a.attstorage AND pa.attcompression = a.attcompression
        FROM pg_inherits i JOIN pg_attribute pa ON pa.attrelid = i.inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
          LEFT JOIN pg_attrdef pd ON pd.adrelid = pa.attrelid AND pd.adnum = pa.attnum WHERE i.inhrelid = c.oid ORDER BY i.inhseqno LIMIT 1) END AS unchanged
    FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_type t ON t.oid = a.atttypid
      LEFT JOIN pg_attrdef def ON def.adrelid = a.attrelid AND def.adnum = a.attnum
      LEFT JOIN pg_collation co ON co.oid = a.attcollation LEFT JOIN pg_namespace cn ON cn.oid = co.collnamespace
      LEFT JOIN pg_description d ON d.classoid = 'pg_class'::regclass AND d.objoid = a.attrelid AND d.objsubid = a.attnum${notNull.join}
    WHERE c.relnamespace IN (${scope.namespaces}) AND c.relkind IN ('r', 'p', 'm') AND c.relpersistence <> 't'
      AND a.attnum > 0 AND NOT a.attisdropped AND ${notOfExtension('pg_class', 'c.oid')}
    ORDER BY a.attrelid, a.attnum`
}

/** Adds the columns of the managed tables; `owned` holds the sequences that belong to a column, by its address. */
export function addColumns(catalogue: Catalogue, rows: readonly ColumnRow[], owned: ReadonlyMap<string, OwnedSequence>): void {
  for (const row of rows) {
    catalogue.columns.set(`${row.relation}/${row.number}`, row.name)
    const table = catalogue.relations.get(row.relation)
    if (table === undefined || table.node.fact?.kind !== 'table') continue
    // What a parent gives is the parent's, unless the child says something else about it.
    const own =
      !row.inherited ||
      row.unchanged === false ||
      row.not_null_local === true ||
      row.comment !== null ||
      row.statistics !== null ||
      row.options !== null
    if (!own) continue
    const found = address(CATALOGUE.relation, row.relation, row.number)
    const sequence = owned.get(found)
    const fact: Fact<'column'> = {
      kind: 'column',
      id: memberId('column', table.schema, table.name, row.name),
      schema: table.schema,
      name: row.name,
      parent: table.id,
      payload: columnPayload(row, table.name, sequence),
      dependsOn: [],
      position: row.number,
    }
    const addresses = [found]
    if (row.default_oid !== null) addresses.push(address(CATALOGUE.default, row.default_oid))
    if (sequence !== undefined) addresses.push(address(CATALOGUE.relation, sequence.oid))
    register(catalogue, fact, addresses)
  }
}

function columnPayload(row: ColumnRow, table: string, sequence: OwnedSequence | undefined): ColumnPayload {
  const own = {
    ...given('sequence', sequence?.persistence),
    // A child that lists a column of its parent declares it; here it only says something else about what it has from there.
    ...given('inherited', row.undeclared),
    ...notNullOptions(row, table),
  }
  const { identity } = sequence ?? {}
  return sharedPayload(payloadKey(row, identity, own), () => statedPayload(row, identity, own))
}

/** Everything that `statedPayload` reads. */
function payloadKey(row: ColumnRow, identity: Identity | undefined, own: ColumnPayload['options']): string {
  const { type, not_null, generated, collation, comment, storage, compression, statistics, options } = row
  const rare =
    identity === undefined && generated === '' && comment === null && statistics === null && options === null
      ? ''
      : JSON.stringify([identity, generated, comment, statistics, options])
  return `column\0${type}\0${not_null ? '!' : '?'}\0${row.default ?? '-'}\0${row.default === null ? '' : '='}\0${collation ?? ''}\0${storage ?? ''}\0${compression ?? ''}\0${rare}\0${Object.keys(own).length === 0 ? '' : JSON.stringify(own)}`
}

function statedPayload(row: ColumnRow, identity: Identity | undefined, own: ColumnPayload['options']): ColumnPayload {
  const expression = row.default === null ? null : canonicalExpression(row.default)
  const generated = row.generated === '' || expression === null ? null : { expression, stored: row.generated === 's' }
  return {
    type: row.type,
    notNull: row.not_null,
    ...given('default', generated === null && identity === undefined ? expression : null),
    ...given('generated', generated),
    ...given('identity', identity),
    ...given('collation', row.collation),
    ...given('comment', row.comment),
    options: {
      ...given('storage', row.storage),
      ...given('compression', row.compression),
      ...given('statistics', row.statistics),
      ...given('attributes', row.options),
      ...own,
    },
  }
}
