import type { Connection } from '@yama/core'
import { identifier, literal } from '../statements/quoted.ts'

/** On everything that Yama makes beside its tables, so that it never replaces somebody else's, and is not taken for a part of the schema. */
export const OWN_COMMENT = 'Made by Yama: the history of migrations.'

/** Makes the routines for people with a SQL prompt. A function of these servers gives no rows, so the history is a procedure. */
export async function createHistoryFunctions(connection: Connection): Promise<void> {
  const name = (text: string): string => `${identifier(connection.server.database)}.${identifier(text)}`
  const { rows } = await connection.execute(
    "SELECT LOWER(routine_name) AS `name` FROM information_schema.routines WHERE routine_schema = DATABASE() AND LOWER(routine_name) IN ('get_migration_history', 'get_current_schema_version')",
  )
  const there = new Set(rows.map((row) => String(row['name'])))
  const how = `READS SQL DATA SQL SECURITY INVOKER COMMENT ${literal(OWN_COMMENT)}`
  if (!there.has('get_migration_history'))
    await connection.execute(`CREATE PROCEDURE ${name('get_migration_history')}() ${how} SELECT * FROM ${name('yama_history')}`)
  if (!there.has('get_current_schema_version'))
    await connection.execute(
      `CREATE FUNCTION ${name('get_current_schema_version')}() RETURNS text CHARACTER SET utf8mb4 ${how} RETURN (SELECT GROUP_CONCAT(\`version\` ORDER BY \`project\`, \`version\` SEPARATOR ', ') FROM ${name('yama_current_version')})`,
    )
}
