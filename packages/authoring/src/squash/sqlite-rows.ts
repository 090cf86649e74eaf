import type { Connection } from '@yama/core'
import { quoteIdentifier } from '@yama/sql'
import type { ReferenceData, TableRows } from './table-rows.ts'

const TABLES = `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'
  AND name NOT LIKE 'yama\\_%' ESCAPE '\\' ORDER BY name`

export async function sqliteRows(connection: Connection): Promise<ReferenceData> {
  const quoted = (name: unknown): string => quoteIdentifier(String(name), 'sqlite')
  const tables: TableRows[] = []
  for (const { name } of (await connection.execute(TABLES)).rows) {
    const info = await connection.execute('SELECT name FROM pragma_table_xinfo(?) WHERE hidden = 0 ORDER BY cid', [name])
    const keys = await connection.execute('SELECT DISTINCT "table" AS needed FROM pragma_foreign_key_list(?)', [name])
    const columns = info.rows.map((row) => quoted(row['name']))
    const literals = columns.map((column) => `quote(${column})`).join(` || ', ' || `)
    const { rows } = await connection.execute(`SELECT '(' || ${literals} || ')' AS literals FROM ${quoted(name)}`)
    tables.push({
      table: quoted(name),
      columns,
      rows: rows.map((row) => String(row['literals'])),
      needs: keys.rows.map((row) => quoted(row['needed'])).filter((needed) => needed !== quoted(name)),
    })
  }
  return { tables, sequences: [] }
}
