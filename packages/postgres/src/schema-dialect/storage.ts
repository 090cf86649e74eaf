import type { Connection } from '@yama/core'
import { objectId, type FactId } from '@yama/schema'

/** The file of each table; a rewrite gives it another one (manual of pg_class, `relfilenode`). */
export async function storage(connection: Connection): Promise<ReadonlyMap<FactId, string>> {
  const { rows } = await connection.execute(`SELECT n.nspname AS schema, c.relname AS name, c.relfilenode::text AS file
  FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
  WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'`)
  return new Map(rows.map(({ schema, name, file }) => [objectId('table', String(schema), String(name)), String(file)]))
}
