import type { Command, Connection, SessionKeeper, SessionWork } from '@yama/core'
import { identifier, literal } from '../types/quoted.ts'
import { touchesSession } from './statements/touches-session.ts'

const SETTINGS = `SELECT name, current_setting(name) AS value FROM (VALUES (1, 'session_authorization'), (2, 'role')) who(at, name)
UNION ALL SELECT name, current_setting(name) FROM pg_catalog.pg_settings WHERE source = 'session'`

/** What the session has, and what removes it. One statement may take another of them with it, and a prepared one knows no IF EXISTS. */
const LEFT = `SELECT c.relkind::text || c.relname AS name, format('DROP %s IF EXISTS %s CASCADE', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, 'pg_temp.' || quote_ident(c.relname)) AS drop
FROM pg_catalog.pg_class c WHERE c.relnamespace = pg_catalog.pg_my_temp_schema() AND c.relkind IN ('r', 'p', 'v', 'S')
UNION ALL SELECT 'f' || p.oid::text, format('DROP ROUTINE IF EXISTS %s CASCADE', p.oid::regprocedure) FROM pg_catalog.pg_proc p WHERE p.pronamespace = pg_catalog.pg_my_temp_schema()
UNION ALL SELECT 'q' || name, format('DEALLOCATE %I', name) FROM pg_catalog.pg_prepared_statements WHERE from_sql`

/** In their order: only the role that a session began with may become every other again. */
const WHO = ['session_authorization', 'role'] as const
const BECOMES = { role: /\b(?:ROLE|AUTHORIZATION)\b/i, session_authorization: /\bAUTHORIZATION\b/i } as const

/**
 * Gives a session the settings that it had, where a statement of the migration may leave others: the head of a dump sets `search_path`
 * for good; and removes temporary tables and prepared statements, so that the next one may use their names. What a hook has set or made before stays. Behind a transaction pooler no session is anybody's.
 */
export async function keepSession(connection: Connection, { statements, others }: SessionWork): Promise<SessionKeeper | undefined> {
  const touching = connection.server.pooler ? [] : statements.filter(touchesSession)
  if (connection.server.pooler || (touching.length === 0 && !others)) return undefined
  const before = await settingsOf(connection)
  const there = await leftOf(connection)
  const own = WHO.filter((name) => touching.some((sql) => BECOMES[name].test(sql))).flatMap((name) => setting(name, before.get(name), true))
  const giveBack = async (): Promise<void> => {
    const now = await settingsOf(connection)
    const commands: Command[] = [
      ...[...before].flatMap(([name, value]) => (now.get(name) === value ? [] : setting(name, value, false))),
      ...[...now.keys()].filter((name) => !before.has(name)).map((name) => ({ sql: `RESET ${identifier(name)}` })),
    ]
    for (const [name, drop] of await leftOf(connection)) if (!there.has(name)) commands.push({ sql: drop })
    if (commands.length > 0) await connection.batch(commands, { transaction: true })
  }
  return { own, giveBack }
}

const setting = (name: string, value: string | undefined, local: boolean): readonly Command[] =>
  value === undefined ? [] : [{ sql: `SELECT pg_catalog.set_config(${literal(name)}, ${literal(value)}, ${String(local)})` }]

async function leftOf(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute(LEFT)
  return new Map(rows.map(({ name, drop }) => [String(name), String(drop)]))
}

async function settingsOf(connection: Connection): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute(SETTINGS)
  return new Map(rows.map(({ name, value }) => [String(name), String(value)]))
}
