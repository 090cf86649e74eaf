import type { Connection, SchemaDefect } from '@yama/core'
import { identifier } from './statements/quoted.ts'

/**
 * What the catalogue says is half-done: MySQL has checks that are NOT ENFORCED. MariaDB has no such state. With `deep`, foreign
 * keys are asked for rows that break them, which `foreign_key_checks = 0` lets in.
 */
export async function examine(connection: Connection, { deep }: { readonly deep: boolean }): Promise<readonly SchemaDefect[]> {
  const defects: SchemaDefect[] = []
  if (connection.server.kind === 'mysql') {
    const { rows } = await connection.execute(
      "SELECT constraint_name AS `name`, table_name AS `of` FROM information_schema.table_constraints WHERE table_schema = DATABASE() AND constraint_type = 'CHECK' AND enforced = 'NO' ORDER BY 2, 1",
    )
    const detail = 'it is NOT ENFORCED: rows may break it'
    for (const row of rows)
      defects.push({ kind: 'unvalidated-constraint', object: `constraint ${String(row['name'])} of ${String(row['of'])}`, detail })
  }
  return deep ? [...defects, ...(await orphans(connection))] : defects
}

async function orphans(connection: Connection): Promise<readonly SchemaDefect[]> {
  const { rows } = await connection.execute(
    `SELECT constraint_name AS \`name\`, table_name AS \`child\`, referenced_table_schema AS \`db\`, referenced_table_name AS \`parent\`, column_name AS \`col\`, referenced_column_name AS \`key\`
FROM information_schema.key_column_usage WHERE table_schema = DATABASE() AND referenced_table_name IS NOT NULL ORDER BY table_name, constraint_name, ordinal_position`,
  )
  const keys = new Map<string, readonly Readonly<Record<string, string>>[]>()
  for (const row of rows as readonly Readonly<Record<string, string>>[]) {
    const key = `${row['child'] ?? ''}\n${row['name'] ?? ''}`
    keys.set(key, [...(keys.get(key) ?? []), row])
  }
  const defects: SchemaDefect[] = []
  for (const columns of keys.values()) {
    const first = columns[0] ?? {}
    const join = columns.map(({ col = '', key = '' }) => `p.${identifier(key)} = c.${identifier(col)}`).join(' AND ')
    const given = columns.map(({ col = '' }) => `c.${identifier(col)} IS NOT NULL`).join(' AND ')
    const { child = '', db = '', parent = '', name = '' } = first
    const sql = `SELECT COUNT(*) AS \`n\` FROM ${identifier(child)} c LEFT JOIN ${identifier(db)}.${identifier(parent)} p ON ${join} WHERE ${given} AND p.${identifier(first['key'] ?? '')} IS NULL`
    const n = Number((await connection.execute(sql)).rows[0]?.['n'])
    if (n > 0) defects.push({ kind: 'broken-reference', object: `constraint ${name} of ${child}`, detail: `${n} row(s) have no ${parent}` })
  }
  return defects
}
