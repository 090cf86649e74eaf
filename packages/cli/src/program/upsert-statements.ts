import type { DatabaseKind, SqlStep } from '@yama/core'
import type { SeedRow, SeedTable, SeedValue } from '@yama/source-yaml'
import { quoteIdentifier, quoteLiteral } from '@yama/sql'

/** So many rows in one statement. */
const MOST = 500

/** What makes an existing row the one that was stated. */
const conflicts = {
  postgres: (key, rest) => `ON CONFLICT (${key.join(', ')}) DO ${excluded(rest)}`,
  sqlite: (key, rest) => `ON CONFLICT (${key.join(', ')}) DO ${excluded(rest)}`,
  // Neither takes the key by name: whichever unique index the row meets.
  mysql: (key, rest) =>
    `AS stated ON DUPLICATE KEY UPDATE ${(rest.length === 0 ? key : rest).map((name) => `${name} = stated.${name}`).join(', ')}`,
  mariadb: (key, rest) =>
    `ON DUPLICATE KEY UPDATE ${(rest.length === 0 ? key : rest).map((name) => `${name} = VALUES(${name})`).join(', ')}`,
} satisfies Record<DatabaseKind, (key: readonly string[], rest: readonly string[]) => string>

const excluded = (rest: readonly string[]): string =>
  rest.length === 0 ? 'NOTHING' : `UPDATE SET ${rest.map((name) => `${name} = excluded.${name}`).join(', ')}`

/**
 * The statements that bring the rows of a seed into their table: inserted where they are not there, updated where they are.
 * Rows with the same columns in a row are one statement.
 *
 * @example upsertStatements(readSeed(text, file), 'sqlite')[0]?.text // 'INSERT INTO plans (code, price) VALUES …'
 */
export function upsertStatements(tables: readonly SeedTable[], kind: DatabaseKind): readonly SqlStep[] {
  return tables.flatMap((table) => groupsOf(table.rows).map((rows) => statement(table, rows, kind)))
}

const columnsOf = (row: SeedRow): string => JSON.stringify([...row.values.keys()])

function groupsOf(rows: readonly SeedRow[]): readonly (readonly SeedRow[])[] {
  const groups: SeedRow[][] = []
  for (const row of rows) {
    const last = groups.at(-1)
    if (last !== undefined && last.length < MOST && columnsOf(last[0]!) === columnsOf(row)) last.push(row)
    else groups.push([row])
  }
  return groups
}

function statement({ table, key }: SeedTable, rows: readonly SeedRow[], kind: DatabaseKind): SqlStep {
  const [first] = rows
  const names = [...(first?.values.keys() ?? [])]
  const quoted = (name: string): string => quoteIdentifier(name, kind)
  const columns = names.map(quoted)
  const rest = names.filter((name) => !key.includes(name)).map(quoted)
  const values = rows.map(({ values: of }) => `  (${names.map((name) => literal(of.get(name) ?? null, kind)).join(', ')})`)
  // A key that the database counts by itself takes the stated value too.
  const overriding = kind === 'postgres' ? ' OVERRIDING SYSTEM VALUE' : ''
  const target = table.split('.').map(quoted).join('.')
  const text = `INSERT INTO ${target} (${columns.join(', ')})${overriding} VALUES\n${values.join(',\n')}\n${conflicts[kind](key.map(quoted), rest)}`
  return { kind: 'sql', text, transaction: 'any', ...(first === undefined ? {} : { position: first.position }) }
}

function literal(value: SeedValue, kind: DatabaseKind): string {
  if (value === null) return 'NULL'
  if (typeof value === 'string') return quoteLiteral(value, kind)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : quoteLiteral(String(value), kind)
  return 'sql' in value ? value.sql : quoteLiteral(value.json, kind)
}
