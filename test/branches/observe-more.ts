import type { Connection } from '@yama/core'
import type { BranchKind } from './random-branch.ts'

/** The server's own catalogue, with what the entities' observer leaves out: states that no entity says, and the numbers that come next. */
export async function observeMore(kind: BranchKind, connection: Connection): Promise<readonly string[]> {
  const rows = async (sql: string): Promise<readonly Readonly<Record<string, unknown>>[]> => (await connection.execute(sql)).rows
  if (kind === 'sqlite') return []
  if (kind === 'mysql') {
    const lines = (
      await rows(
        `SELECT concat_ws(' ', TRIGGER_NAME, ACTION_ORDER) AS line FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE()
        UNION ALL SELECT concat_ws(' ', EVENT_NAME, EVENT_DEFINITION) FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE()`,
      )
    ).map(({ line }) => String(line))
    const tables = await rows(
      `SELECT TABLE_NAME AS name FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() AND TABLE_TYPE = 'BASE TABLE'`,
    )
    for (const { name } of tables) {
      const [row] = await rows(`SHOW CREATE TABLE \`${String(name)}\``)
      const next = / AUTO_INCREMENT=(\d+)/.exec(Object.values(row ?? {}).join(' '))
      lines.push(`next number of ${String(name)}: ${next?.[1] ?? ''}`)
    }
    return lines.sort()
  }
  const lines = (await rows(POSTGRES)).map(({ line }) => String(line))
  for (const { name } of await rows(
    `SELECT oid::regclass AS name FROM pg_class WHERE relkind = 'S' AND relnamespace = 'public'::regnamespace`,
  )) {
    const [row] = await rows(`SELECT last_value, is_called FROM ${String(name)}`)
    lines.push(`next number of ${String(name)}: ${JSON.stringify(row)}`)
  }
  return lines.sort()
}

const OWN = `relnamespace = 'public'::regnamespace`

const POSTGRES = `
SELECT pg_get_functiondef(oid) || coalesce(proacl::text, '') AS line FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prokind IN ('f', 'p')
UNION ALL SELECT concat_ws(' ', tablename, policyname, permissive, roles::text, cmd, qual, '/', with_check) FROM pg_policies
UNION ALL SELECT concat_ws(' ', 'state', relname, relrowsecurity, relforcerowsecurity, relreplident, relpersistence, relacl::text, pg_get_userbyid(relowner)) FROM pg_class WHERE ${OWN}
UNION ALL SELECT concat_ws(' ', 'column', relname, attname, attstattarget, attstorage, attcompression, attacl::text, attoptions::text) FROM pg_attribute a JOIN pg_class c ON c.oid = attrelid WHERE attnum > 0 AND NOT attisdropped AND ${OWN}
UNION ALL SELECT concat_ws(' ', 'trigger', relname, tgname, tgenabled) FROM pg_trigger JOIN pg_class c ON c.oid = tgrelid WHERE NOT tgisinternal AND ${OWN}
UNION ALL SELECT concat_ws(' ', 'rule', relname, ev_enabled, pg_get_ruledef(r.oid)) FROM pg_rewrite r JOIN pg_class c ON c.oid = ev_class WHERE rulename <> '_RETURN' AND ${OWN}
UNION ALL SELECT concat_ws(' ', 'child', inhrelid::regclass, inhparent::regclass, pg_get_expr(relpartbound, c.oid)) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid WHERE ${OWN}
UNION ALL SELECT concat_ws(' ', 'domain', contypid::regtype, conname, pg_get_constraintdef(oid)) FROM pg_constraint WHERE contypid <> 0 AND connamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(' ', 'type', typname, typdefault, typnotnull, format_type(typbasetype, typtypmod)) FROM pg_type WHERE typnamespace = 'public'::regnamespace AND typtype = 'd'
UNION ALL SELECT concat_ws(' ', 'attribute', relname, attname, format_type(atttypid, atttypmod)) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relkind = 'c' AND attnum > 0 AND NOT attisdropped AND ${OWN}
UNION ALL SELECT concat_ws(' ', 'statistics', pg_get_statisticsobjdef(oid)) FROM pg_statistic_ext WHERE stxnamespace = 'public'::regnamespace
UNION ALL SELECT concat_ws(' ', 'order', indexrelid::regclass, indisreplident, indisclustered) FROM pg_index i JOIN pg_class c ON c.oid = indexrelid WHERE ${OWN}`
