import type { Connection, SessionKeeper, SessionWork } from '@yama/core'
import { quoteName } from '../text/names.ts'

/** What a connection remembers and statements depend on (https://sqlite.org/pragma.html). What is stored in the file is not among them. */
const REMEMBERED = [
  'foreign_keys',
  'ignore_check_constraints',
  'legacy_alter_table',
  'query_only',
  'recursive_triggers',
  'reverse_unordered_selects',
  'trusted_schema',
  'writable_schema',
] as const

const BEFORE = String.raw`^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*`
const TOUCHES = new RegExp(`${BEFORE}(?:PRAGMA|ATTACH|CREATE\\s+TEMP(?:ORARY)?)\\b`, 'i')

/**
 * Gives a connection back what a PRAGMA of the migration has changed, and removes what is there only as long as the connection: temporary objects, which
 * hide others of their name, and attached files. What a hook has set or made before stays.
 */
export async function keepSession(connection: Connection, { statements, others }: SessionWork): Promise<SessionKeeper | undefined> {
  if (!others && !statements.some((sql) => TOUCHES.test(sql))) return undefined
  const before = await remembered(connection)
  const there = await leftOf(connection)
  const giveBack = async (): Promise<void> => {
    const now = await remembered(connection)
    for (const [name, value] of before) if (now.get(name) !== value) await connection.execute(`PRAGMA ${name} = ${value}`)
    for (const [name, remove] of await leftOf(connection)) if (!there.has(name)) await connection.execute(remove)
  }
  return { own: [], giveBack }
}

async function remembered(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const name of REMEMBERED) {
    const { rows } = await connection.execute(`PRAGMA ${name}`)
    const value = rows[0]?.[name]
    if (value !== undefined) found.set(name, String(value))
  }
  return found
}

/** Triggers and views before the tables that they need; an index goes with its table. */
async function leftOf(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute(
    String.raw`SELECT type, name FROM temp.sqlite_schema WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\_%' ESCAPE '\'
    UNION ALL SELECT 'file', name FROM pragma_database_list WHERE name NOT IN ('main', 'temp') ORDER BY 1 DESC`,
  )
  return new Map(
    rows.map((row) => {
      const [type, name] = [String(row['type']), quoteName(String(row['name']))]
      return [`${type} ${name}`, type === 'file' ? `DETACH DATABASE ${name}` : `DROP ${type.toUpperCase()} IF EXISTS temp.${name}`]
    }),
  )
}
