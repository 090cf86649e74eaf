import type { Connection } from '@yama/core'
import { quoteIdentifier } from '@yama/sql'
import type { ReferenceData, TableRows } from './table-rows.ts'

const COLUMNS = `SELECT c.table_name AS table_name, c.column_name AS column_name, c.data_type AS data_type, c.extra AS extra
FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name
WHERE c.table_schema = DATABASE() AND t.table_type = 'BASE TABLE' AND c.table_name NOT LIKE 'yama\\_%' AND COALESCE(c.generation_expression, '') = ''
ORDER BY c.table_name, c.ordinal_position`

const NEEDS = `SELECT DISTINCT table_name AS table_name, referenced_table_name AS needed FROM information_schema.key_column_usage
WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL`

/** Of MariaDB. */
const SEQUENCES = `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = DATABASE() AND table_type = 'SEQUENCE' ORDER BY 1`

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
        : // As text a float has six digits; as a double it has all of them.
          `QUOTE(CAST(${type === 'float' ? `${column} + 0e0` : column} AS CHAR))`
  return `IF(${column} IS NULL, 'NULL', ${filled})`
}

export async function mysqlRows(connection: Connection): Promise<ReferenceData> {
  const quoted = (name: unknown): string => quoteIdentifier(String(name), connection.server.kind)
  const needs = (await connection.execute(NEEDS)).rows
  const columns = new Map<string, { readonly name: string; readonly type: string; readonly numbers: boolean }[]>()
  for (const row of (await connection.execute(COLUMNS)).rows) {
    const table = String(row['table_name'])
    const numbers = /auto_increment/i.test(String(row['extra']))
    const column = { name: quoted(row['column_name']), type: String(row['data_type']).toLowerCase(), numbers }
    columns.set(table, [...(columns.get(table) ?? []), column])
  }
  const tables: TableRows[] = []
  const sequences: string[] = []
  let zero = false
  for (const [name, of] of columns) {
    const literals = of.map((column) => literal(column.name, column.type)).join(", ', ', ")
    const { rows } = await connection.execute(`SELECT CONCAT('(', ${literals}, ')') AS literals FROM ${quoted(name)}`)
    tables.push({
      table: quoted(name),
      columns: of.map((column) => column.name),
      rows: rows.map((row) => String(row['literals'])),
      needs: needs.filter((row) => row['table_name'] === name).map((row) => quoted(row['needed'])),
    })
    const number = of.find(({ numbers }) => numbers)?.name
    if (number === undefined) continue
    const next = await nextNumber(connection, quoted(name))
    if (next !== undefined) sequences.push(`ALTER TABLE ${quoted(name)} AUTO_INCREMENT = ${next}`)
    zero ||= (await connection.execute(`SELECT 1 FROM ${quoted(name)} WHERE ${number} = 0 LIMIT 1`)).rows.length > 0
  }
  // Without it a row with the number 0 would get the next one.
  const mode = 'NO_AUTO_VALUE_ON_ZERO'
  const settings = [[`SET sql_mode = CONCAT(@@sql_mode, ',${mode}')`, `SET sql_mode = REPLACE(@@sql_mode, '${mode}', '')`]] as const
  return { tables, settings: zero ? settings : [], sequences: [...sequences, ...(await positions(connection))] }
}

/** As SHOW CREATE prints it: `information_schema` answers from a cache. */
async function nextNumber(connection: Connection, table: string): Promise<string | undefined> {
  const { rows } = await connection.execute(`SHOW CREATE TABLE ${table}`)
  const text = String(rows[0]?.['Create Table'])
  return /^\).*? AUTO_INCREMENT=(\d+)/m.exec(text)?.[1]
}

async function positions(connection: Connection): Promise<readonly string[]> {
  const statements: string[] = []
  for (const { name } of (await connection.execute(SEQUENCES)).rows) {
    const sequence = quoteIdentifier(String(name), connection.server.kind)
    const { rows } = await connection.execute(
      `SELECT next_not_cached_value AS next FROM ${sequence} WHERE next_not_cached_value <> start_value`,
    )
    statements.push(...rows.map(({ next }) => `SELECT SETVAL(${sequence}, ${String(next)}, 0)`))
  }
  return statements
}
