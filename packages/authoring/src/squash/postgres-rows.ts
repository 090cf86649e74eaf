import type { Connection } from '@yama/core'
import type { ReferenceData, TableRows } from './table-rows.ts'

const TABLES = `SELECT format('%I.%I', n.nspname, c.relname) AS name, c.relkind = 'm' AS derived,
  (SELECT json_agg(quote_ident(a.attname) ORDER BY a.attnum) FROM pg_catalog.pg_attribute a
    WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '')::text AS columns,
  (SELECT json_agg(DISTINCT format('%I.%I', rn.nspname, r.relname)) FROM pg_catalog.pg_constraint f
    JOIN pg_catalog.pg_class r ON r.oid = f.confrelid JOIN pg_catalog.pg_namespace rn ON rn.oid = r.relnamespace
    WHERE f.conrelid = c.oid AND f.contype = 'f')::text AS needs
FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
WHERE (c.relkind = 'r' OR c.relkind = 'm' AND c.relispopulated) AND n.nspname <> 'information_schema' AND n.nspname <> 'yama' AND n.nspname NOT LIKE 'pg\\_%'
  AND NOT EXISTS (SELECT 1 FROM pg_catalog.pg_depend d WHERE d.classid = 'pg_catalog.pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
ORDER BY 1`

const SEQUENCES = `SELECT format('%I.%I', schemaname, sequencename) AS name, start_value::text AS start FROM pg_catalog.pg_sequences
WHERE schemaname <> 'yama' AND schemaname NOT LIKE 'pg\\_%' ORDER BY 1`

const list = (value: unknown): readonly string[] => (typeof value === 'string' ? (JSON.parse(value) as string[]) : [])

/** The rows in PostgreSQL's own text form, which reads back as the same value for every type. */
export async function postgresRows(connection: Connection): Promise<ReferenceData> {
  const tables: TableRows[] = []
  for (const { name, columns, needs, derived } of (await connection.execute(TABLES)).rows) {
    const names = list(columns)
    const table = String(name)
    const literals = names.map((column) => `quote_nullable(${column}::text)`).join(', ')
    const sql = `SELECT '(' || array_to_string(ARRAY[${literals}], ', ') || ')' AS literals FROM ONLY ${table} ORDER BY ctid`
    const rows = names.length === 0 ? [] : (await connection.execute(sql)).rows.map((row) => String(row['literals']))
    tables.push({ table, columns: names, rows, needs: list(needs), ...(derived === true ? { derived } : {}) })
  }
  return { tables, settings: [], sequences: await positions(connection) }
}

/** A sequence that was set and not used yet has moved too: `RESTART WITH`, `setval(…, false)`. */
async function positions(connection: Connection): Promise<readonly string[]> {
  const statements: string[] = []
  for (const { name, start } of (await connection.execute(SEQUENCES)).rows) {
    const { rows } = await connection.execute(
      `SELECT format('SELECT setval(%L, %s%s)', $1::text, last_value, CASE WHEN is_called THEN '' ELSE ', false' END) AS sql
      FROM ${String(name)} WHERE is_called OR last_value <> $2::bigint`,
      [String(name), String(start)],
    )
    statements.push(...rows.map(({ sql }) => String(sql)))
  }
  return statements
}
