import type { Connection, SessionKeeper, SessionWork } from '@yama/core'

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

const TOUCHES = /^(?:\s|--[^\n]*\n|\/\*[^]*?\*\/)*PRAGMA\b/i

/** Gives a connection back what a PRAGMA of the migration has changed. What a hook has set before stays. */
export async function keepSession(connection: Connection, { statements, others }: SessionWork): Promise<SessionKeeper | undefined> {
  if (!others && !statements.some((sql) => TOUCHES.test(sql))) return undefined
  const before = await remembered(connection)
  const giveBack = async (): Promise<void> => {
    const now = await remembered(connection)
    for (const [name, value] of before) if (now.get(name) !== value) await connection.execute(`PRAGMA ${name} = ${value}`)
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
