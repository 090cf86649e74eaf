import type { Command, Connection, SessionKeeper, SessionWork } from '@yama/core'
import { identifier, literal } from '../types/quoted.ts'
import { touchesSession } from './statements/touches-session.ts'

const SETTINGS = `SELECT name, current_setting(name) AS value FROM (VALUES (1, 'session_authorization'), (2, 'role')) who(at, name)
UNION ALL SELECT name, current_setting(name) FROM pg_catalog.pg_settings WHERE source = 'session'`

/** In their order: only the role that a session began with may become every other again. */
const WHO = ['session_authorization', 'role'] as const
const BECOMES = { role: /\b(?:ROLE|AUTHORIZATION)\b/i, session_authorization: /\bAUTHORIZATION\b/i } as const

/**
 * Gives a session the settings that it had, where a statement of the migration may leave others: the head of a dump sets `search_path`
 * for good. What a hook has set before stays. Behind a transaction pooler no session is anybody's.
 */
export async function keepSession(connection: Connection, { statements, others }: SessionWork): Promise<SessionKeeper | undefined> {
  const touching = connection.server.pooler ? [] : statements.filter(touchesSession)
  if (connection.server.pooler || (touching.length === 0 && !others)) return undefined
  const before = await settingsOf(connection)
  const own = WHO.filter((name) => touching.some((sql) => BECOMES[name].test(sql))).flatMap((name) => setting(name, before.get(name), true))
  const giveBack = async (): Promise<void> => {
    const now = await settingsOf(connection)
    const commands = [
      ...[...before].flatMap(([name, value]) => (now.get(name) === value ? [] : setting(name, value, false))),
      ...[...now.keys()].filter((name) => !before.has(name)).map((name) => ({ sql: `RESET ${identifier(name)}` })),
    ]
    if (commands.length > 0) await connection.batch(commands, { transaction: true })
  }
  return { own, giveBack }
}

const setting = (name: string, value: string | undefined, local: boolean): readonly Command[] =>
  value === undefined ? [] : [{ sql: `SELECT pg_catalog.set_config(${literal(name)}, ${literal(value)}, ${String(local)})` }]

async function settingsOf(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute(SETTINGS)
  return new Map(rows.map(({ name, value }) => [String(name), String(value)]))
}
