import { given } from './catalogue.ts'
import type { ColumnRow } from './column-row.ts'
import { defaultNotNullName, isServerNotNullName } from '../types/default-name.ts'

/** The name that a column's NOT NULL has from a parent, unless it says another. */
const GIVEN = `(SELECT pn.conname FROM pg_inherits i JOIN pg_attribute pa ON pa.attrelid = i.inhparent AND pa.attname = a.attname AND NOT pa.attisdropped
        JOIN pg_constraint pn ON pn.conrelid = pa.attrelid AND pn.contype = 'n' AND pn.conkey[1] = pa.attnum AND NOT pn.connoinherit
        WHERE i.inhrelid = c.oid ORDER BY i.inhseqno LIMIT 1)`

/** A child that declares a column says its NOT NULL with it, and a key of its own brings one. */
const IMPLIED = `a.attislocal OR EXISTS (SELECT FROM pg_constraint pk WHERE pk.conrelid = a.attrelid AND pk.contype = 'p' AND a.attnum = ANY (pk.conkey))`

/** With parents or children, whether it was tried on the rows is said of each of them by itself, and no statement makes that again. */
export const inFamily = (table: string): string => `EXISTS (SELECT FROM pg_inherits i WHERE ${table} IN (i.inhrelid, i.inhparent))`

/** A NOT NULL is an attribute of its column. Since 18 it is a constraint as well, and may have what every constraint has. */
export function notNullParts(major: number): { readonly columns: string; readonly join: string; readonly unchanged: string } {
  if (major < 18) {
    const texts = ['name', 'given', 'comment'].map((part) => `NULL::text AS not_null_${part}`)
    const flags = ['no_inherit', 'not_valid', 'local'].map((part) => `NULL::boolean AS not_null_${part}`)
    return { columns: [...texts, ...flags].join(', '), join: '', unchanged: 'pa.attnotnull = a.attnotnull' }
  }
  return {
    columns: `CASE WHEN a.attinhcount > 0 OR nn.conname <> c.relname || '_' || a.attname || '_not_null' THEN nn.conname END AS not_null_name,
      CASE WHEN a.attinhcount > 0 AND nn.oid IS NOT NULL THEN ${GIVEN} END AS not_null_given,
      nd.description AS not_null_comment, nn.connoinherit AS not_null_no_inherit, NOT nn.convalidated AND NOT ${inFamily('nn.conrelid')} AS not_null_not_valid,
      CASE WHEN nn.coninhcount > 0 AND NOT c.relispartition AND nn.conislocal <> (${IMPLIED}) THEN nn.conislocal END AS not_null_local`,
    join: `
      LEFT JOIN pg_constraint nn ON nn.conrelid = a.attrelid AND nn.contype = 'n' AND nn.conkey[1] = a.attnum
      LEFT JOIN pg_description nd ON nd.classoid = 'pg_constraint'::regclass AND nd.objoid = nn.oid`,
    unchanged: `(nn.conname IS NOT DISTINCT FROM ${GIVEN} OR coalesce(nn.conname ~ '_not_null[0-9]*$' AND ${GIVEN} ~ '_not_null[0-9]*$', false)) AND nn.connoinherit IS NOT TRUE AND nd.description IS NULL`,
  }
}

/** What a NOT NULL says beside that it is one; its name only where the server would have given another. */
export function notNullOptions(row: ColumnRow, table: string): Readonly<Record<string, string | boolean>> {
  if (!row.not_null) return {}
  const usual = row.not_null_given ?? defaultNotNullName(table, row.name)
  const { not_null_name: name } = row
  // A name that something else hangs on has to be known.
  const isPlain = row.not_null_no_inherit !== true && row.not_null_not_valid !== true && (row.not_null_comment ?? null) === null
  return {
    ...given('notNullName', name === usual || (isPlain && [name ?? usual, usual].every(isServerNotNullName)) ? null : name),
    ...given('notNullNoInherit', row.not_null_no_inherit),
    ...given('notNullNotValid', row.not_null_not_valid),
    ...given('notNullComment', row.not_null_comment),
    ...given('notNullDeclared', row.not_null_local === true),
    ...given('notNullInherited', row.not_null_local === false && !row.undeclared),
  }
}
