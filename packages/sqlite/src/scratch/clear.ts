import type { Connection } from '@yama/core'
import type { Scope } from '@yama/schema'
import { inScope } from '../extract/scope.ts'
import { quoteName } from '../text/names.ts'

/** Drops every table, view and trigger of the scope, managed or not, in one transaction; Yama's own tables stay. */
export async function clear(connection: Connection, scope: Scope): Promise<void> {
  const seen = inScope(scope)
  const { rows } = await connection.execute(
    `SELECT s.type, s.name FROM main.sqlite_schema AS s LEFT JOIN pragma_table_list AS l ON l.schema = 'main' AND l.name = s.name
    WHERE s.type IN ('view', 'table', 'trigger') AND coalesce(l.type, '') <> 'shadow'
    ORDER BY CASE s.type WHEN 'trigger' THEN 0 WHEN 'view' THEN 1 ELSE 2 END, s.rowid DESC`,
    [],
  )
  const drops = rows
    .map((row) => ({ type: String(row['type']), name: String(row['name']) }))
    .filter(({ name }) => seen(name))
    .map(({ type, name }) => ({ sql: `DROP ${type.toUpperCase()} ${quoteName(name)}` }))
  await connection.batch(drops, { transaction: true })
}
