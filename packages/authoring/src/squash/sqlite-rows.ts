import type { Connection } from '@yama/core'
import { quoteIdentifier } from '@yama/sql'
import type { ReferenceData, TableRows } from './table-rows.ts'

const TABLES = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND name NOT LIKE 'yama\\_%' ESCAPE '\\' ORDER BY name`

const VIRTUAL = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'virtual' ORDER BY name`

/** `quote` ends a text at its first NUL. */
const literal = (column: string): string =>
  `CASE WHEN typeof(${column}) = 'text' AND instr(${column}, char(0)) > 0 THEN 'CAST(x''' || hex(${column}) || ''' AS TEXT)' ELSE quote(${column}) END`

export async function sqliteRows(connection: Connection): Promise<ReferenceData> {
  const quoted = (name: unknown): string => quoteIdentifier(String(name), 'sqlite')
  const tables: TableRows[] = []
  for (const { name } of (await connection.execute(TABLES)).rows) {
    const info = await connection.execute('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid', [name])
    const keys = await connection.execute('SELECT DISTINCT "table" AS needed FROM pragma_foreign_key_list(?)', [name])
    const columns = info.rows.map((row) => quoted(row['name']))
    const literals = columns.map(literal).join(` || ', ' || `)
    const { rows } = await connection.execute(`SELECT '(' || ${literals} || ')' AS literals FROM ${quoted(name)}`)
    tables.push({
      table: quoted(name),
      columns,
      rows: rows.map((row) => String(row['literals'])),
      needs: keys.rows.map((row) => quoted(row['needed'])),
    })
  }
  return { tables, settings: [], sequences: await positions(connection) }
}

/** Where AUTOINCREMENT stands, which never gives a number twice. */
async function positions(connection: Connection): Promise<readonly string[]> {
  const { rows: known } = await connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_sequence'")
  if (known.length === 0) return []
  const { rows } = await connection.execute(
    "SELECT quote(name) AS name, seq FROM sqlite_sequence WHERE name NOT LIKE 'yama\\_%' ESCAPE '\\' ORDER BY name",
  )
  return rows.flatMap(({ name, seq }) => [
    `DELETE FROM sqlite_sequence WHERE name = ${String(name)}`,
    `INSERT INTO sqlite_sequence (name, seq) VALUES (${String(name)}, ${String(seq)})`,
  ])
}

/** Virtual tables with rows: what those of a module are made of cannot be written down. */
export async function filledVirtualTables(connection: Connection): Promise<readonly string[]> {
  const filled: string[] = []
  for (const { name } of (await connection.execute(VIRTUAL)).rows) {
    const { rows } = await connection.execute(`SELECT 1 FROM ${quoteIdentifier(String(name), 'sqlite')} LIMIT 1`)
    if (rows.length > 0) filled.push(String(name))
  }
  return filled
}
