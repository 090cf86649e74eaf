import type { Connection } from '@yama/core'
import { quoteIdentifier } from '@yama/sql'
import type { ReferenceData, TableRows } from './table-rows.ts'

const COLUMNS = `SELECT c.table_name AS table_name, c.column_name AS column_name, c.data_type AS data_type
FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE 'yama\\_%' AND COALESCE(c.generation_expression, '') = ''
ORDER BY c.table_name, c.ordinal_position`

const NEEDS = `SELECT DISTINCT table_name AS table_name, referenced_table_name AS needed FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL AND referenced_table_name <> table_name`

const BINARY = /^(?:binary|varbinary|tinyblob|blob|mediumblob|longblob|inet6|inet4)$/
const GEOMETRY = /^(?:geometry|point|linestring|polygon|multipoint|multilinestring|multipolygon|geomcollection|geometrycollection)$/

/** An expression that gives a literal which reads back as the same value. */
function literal(column: string, type: string): string {
  const filled = BINARY.test(type)
    ? `IF(LENGTH(${column}) = 0, '\\'\\'', CONCAT('0x', HEX(${column})))`
    : type === 'bit'
      ? `CONCAT('b\\'', BIN(${column} + 0), '\\'')`
      : GEOMETRY.test(type)
        ? `CONCAT('ST_GeomFromWKB(0x', HEX(ST_AsBinary(${column})), ', ', ST_SRID(${column}), ')')`
        : `QUOTE(CAST(${column} AS CHAR))`
  return `IF(${column} IS NULL, 'NULL', ${filled})`
}

export async function mysqlRows(connection: Connection): Promise<ReferenceData> {
  const quoted = (name: unknown): string => quoteIdentifier(String(name), connection.server.kind)
  const needs = (await connection.execute(NEEDS)).rows
  const columns = new Map<string, { readonly name: string; readonly type: string }[]>()
  for (const row of (await connection.execute(COLUMNS)).rows) {
    const table = String(row['table_name'])
    const column = { name: quoted(row['column_name']), type: String(row['data_type']).toLowerCase() }
    columns.set(table, [...(columns.get(table) ?? []), column])
  }
  const tables: TableRows[] = []
  for (const [name, of] of columns) {
    const literals = of.map((column) => literal(column.name, column.type)).join(", ', ', ")
    const { rows } = await connection.execute(`SELECT CONCAT('(', ${literals}, ')') AS literals FROM ${quoted(name)}`)
    tables.push({
      table: quoted(name),
      columns: of.map((column) => column.name),
      rows: rows.map((row) => String(row['literals'])),
      needs: needs.filter((row) => row['table_name'] === name).map((row) => quoted(row['needed'])),
    })
  }
  return { tables, sequences: [] }
}
