import type { Connection } from '@yama/core'
import type { Scope } from '@yama/schema'
import { inScope } from '../extract/scope.ts'
import { quoteName } from '../text/names.ts'

/** Drops every table, view and trigger of the scope, managed or not, in one transaction; Yama's own tables stay. */
export async function clear(connection: Connection, scope: Scope): Promise<void> {
  const seen = inScope(scope)
  const { rows } = await connection.execute(
    `SELECT type, name FROM main.sqlite_schema
    WHERE type IN ('view', 'table', 'trigger') AND name NOT IN (SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'shadow')
    ORDER BY CASE type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, rowid DESC`,
    [],
  )
  const drops = rows
    .map((row) => ({ type: String(row['type']), name: String(row['name']) }))
    .filter(({ name }) => seen(name))
    .map(({ type, name }) => ({ sql: `DROP ${type.toUpperCase()} ${quoteName(name)}` }))
  await connection.batch(drops, { transaction: true })
}
