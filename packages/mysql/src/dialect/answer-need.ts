import type { AskedNeed, Connection, NeedAnswer } from '@yama/core'
import { literal } from './statements/quoted.ts'

/** Whether what a migration needs is there. An extension is a plugin of the server; roles that are not active do not count. */
export async function answerNeed(connection: Connection, need: AskedNeed): Promise<NeedAnswer> {
  const ask = async (sql: string): Promise<unknown> => (await connection.execute(sql)).rows[0]?.['answer']
  if (need.kind === 'setting') {
    const { rows } = await connection.execute(`SHOW VARIABLES WHERE Variable_name = ${literal(need.name)}`)
    const value = rows[0]?.['Value']
    return { kind: 'value', value: value === undefined || value === null ? undefined : String(value) }
  }
  if (need.kind === 'extension') {
    const found = await ask(
      `SELECT COUNT(*) AS \`answer\` FROM information_schema.plugins WHERE plugin_name = ${literal(need.name)} AND plugin_status = 'ACTIVE'`,
    )
    return Number(found) > 0 ? { kind: 'met' } : { kind: 'missing', found: 'no active plugin has this name' }
  }
  const { name, schema, table } = need
  const user = "CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')"
  const mine = `grantee = ${user} AND UPPER(privilege_type) = UPPER(${literal(name)})`
  const database = schema === undefined ? 'DATABASE()' : literal(schema)
  const places = [
    `SELECT 1 AS x FROM information_schema.user_privileges WHERE ${mine}`,
    // A grant may name databases by a pattern.
    `SELECT 1 AS x FROM information_schema.schema_privileges WHERE ${mine} AND ${database} LIKE table_schema`,
    ...(table === undefined
      ? []
      : [
          `SELECT 1 AS x FROM information_schema.table_privileges WHERE ${mine} AND table_schema = DATABASE() AND table_name = ${literal(table)}`,
        ]),
  ]
  const found = await ask(`SELECT COUNT(*) AS \`answer\` FROM (${places.join(' UNION ALL ')}) granted`)
  return Number(found) > 0 ? { kind: 'met' } : { kind: 'missing', found: `${connection.server.user} does not have it` }
}
