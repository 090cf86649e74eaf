/** Functions whose value is one for the whole statement, so that adding a column with them writes no rows. */
const STABLE: ReadonlySet<string> = new Set([
  'now',
  'transaction_timestamp',
  'statement_timestamp',
  'current_setting',
  'timezone',
  'date_trunc',
  'to_timestamp',
  'make_interval',
  'concat',
  'lower',
  'upper',
  'coalesce',
  'jsonb_build_object',
  'json_build_object',
  'jsonb_build_array',
  'json_build_array',
  'array',
  'interval',
  'numeric',
  'varying',
  'character',
  'bit',
  'timestamp',
  'time',
  'varchar',
  'decimal',
])

/** True where the default is computed for each row, which makes `ADD COLUMN` write them all. Unknown functions count as such. */
export function isVolatile(expression: string): boolean {
  const bare = expression.replaceAll(/'(?:[^']|'')*'/g, "''")
  return [...bare.matchAll(/([\w".]+)\s*\(/g)].some(([, name]) => !STABLE.has((name ?? '').replaceAll('"', '').split('.').pop() ?? ''))
}
