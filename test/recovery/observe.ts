import type { Connection, Dialect } from '@yama/core'

const OWN = /^yama_/

/** Everything that the migrations have made, as text: definitions and rows, without Yama's own tables. */
export async function observe(dialect: Dialect, connection: Connection): Promise<string> {
  const lines =
    dialect.kind === 'postgres'
      ? await onPostgres(connection)
      : dialect.kind === 'sqlite'
        ? await onSqlite(connection)
        : await onMysql(connection)
  return lines.join('\n')
}

async function rowsOf(connection: Connection, tables: readonly string[]): Promise<readonly string[]> {
  const lines: string[] = []
  for (const table of tables) {
    const { rows } = await connection.execute(`SELECT * FROM ${table}`)
    lines.push(`${table}:`, ...rows.map((row) => JSON.stringify(row)).sort())
  }
  return lines
}

const column = async (connection: Connection, sql: string): Promise<readonly string[]> =>
  (await connection.execute(sql)).rows.map((row) => Object.values(row).map(String).join(' | '))

async function onPostgres(connection: Connection): Promise<readonly string[]> {
  const tables = await column(connection, `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1`)
  return [
    ...(await column(
      connection,
      `SELECT table_name, column_name, data_type, is_nullable, coalesce(column_default, '-') FROM information_schema.columns WHERE table_schema = 'public' AND table_name NOT LIKE 'yama%' ORDER BY 1, ordinal_position`,
    )),
    ...(await column(
      connection,
      `SELECT pg_get_indexdef(indexrelid), indisvalid FROM pg_index JOIN pg_class c ON c.oid = indexrelid WHERE c.relnamespace = 'public'::regnamespace ORDER BY 1`,
    )),
    ...(await rowsOf(connection, tables)),
  ]
}

async function onSqlite(connection: Connection): Promise<readonly string[]> {
  const names = await column(connection, `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY 1`)
  const tables = names.filter((name) => !OWN.test(name))
  const defined = await column(
    connection,
    `SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND tbl_name NOT LIKE 'yama%' ORDER BY 1`,
  )
  return [...defined, ...(await rowsOf(connection, tables))]
}

async function onMysql(connection: Connection): Promise<readonly string[]> {
  const names = await column(connection, `SELECT table_name FROM information_schema.tables WHERE table_schema = DATABASE() ORDER BY 1`)
  const tables = names.filter((name) => !OWN.test(name))
  const defined: string[] = []
  for (const table of tables) defined.push(...(await column(connection, `SHOW CREATE TABLE ${table}`)))
  const triggers = await column(
    connection,
    `SELECT trigger_name, action_statement FROM information_schema.triggers WHERE trigger_schema = DATABASE() ORDER BY 1`,
  )
  return [...defined, ...triggers, ...(await rowsOf(connection, tables))]
}
