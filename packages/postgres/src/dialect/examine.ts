import type { Connection, SchemaDefect } from '@yama/core'

const OWN = "n.nspname NOT IN ('pg_catalog', 'information_schema', 'pg_toast')"

/** Indexes whose build did not end, and nobody is at work on them. One on a partitioned table is invalid while a part has none. */
const INDEXES = `SELECT 'invalid-index' AS kind, 'index ' || i.indexrelid::regclass::text AS object,
  'it is INVALID: it costs on every write, and no query uses it' AS detail
FROM pg_catalog.pg_index i JOIN pg_catalog.pg_class c ON c.oid = i.indexrelid JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE NOT i.indisvalid AND ${OWN} AND NOT EXISTS (SELECT FROM pg_catalog.pg_stat_progress_create_index p WHERE p.index_relid = i.indexrelid)`

const constraints = (enforced: string): string => `SELECT 'unvalidated-constraint' AS kind,
  'constraint ' || quote_ident(c.conname) || coalesce(' of ' || nullif(c.conrelid, 0)::regclass::text, '') AS object,
  'it is NOT VALID: rows from before it may break it' AS detail
FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
WHERE NOT c.convalidated AND ${OWN}${enforced}`

/** What the catalogue says is half-done. Reading the data tells nothing more: a valid constraint of PostgreSQL holds. */
export async function examine(connection: Connection): Promise<readonly SchemaDefect[]> {
  // From 18 on a constraint may be NOT ENFORCED, which is a decision and nothing half-done.
  const enforced = connection.server.major >= 18 ? ' AND c.conenforced' : ''
  const { rows } = await connection.execute(`${INDEXES} UNION ALL ${constraints(enforced)} ORDER BY 1, 2`)
  return rows as unknown as readonly SchemaDefect[]
}
