import type { QueryResult } from '@yama/core'
import type { Unmanaged } from '@yama/schema'

/** Without double quotes, which are names where a session has ANSI_QUOTES. */
const OWN = `GRANTEE = CONCAT('''', SUBSTRING_INDEX(CURRENT_USER(), '@', 1), '''@''', SUBSTRING_INDEX(CURRENT_USER(), '@', -1), '''')`

/** A backslash is one only where the session lets it: the pattern of a privilege has it before `_` and `%` that mean themselves. */
const PATTERN = "REPLACE(TABLE_SCHEMA, CHAR(92 USING utf8mb4), '|') ESCAPE '|'"

/**
 * What the user may do in the whole database. The privileges of a role are not told apart from those that it has not, so that nothing is known of who has one.
 */
export const PRIVILEGES = `SELECT PRIVILEGE_TYPE AS privilege, CURRENT_USER() AS account, CURRENT_ROLE() AS role FROM information_schema.USER_PRIVILEGES WHERE ${OWN}
UNION SELECT PRIVILEGE_TYPE, CURRENT_USER(), CURRENT_ROLE() FROM information_schema.SCHEMA_PRIVILEGES WHERE ${OWN} AND DATABASE() LIKE ${PATTERN}`

/** Which privileges show objects of a kind; any of them does (MySQL 28.3.30, 28.3.45, 28.3.14; MariaDB "Information Schema TRIGGERS Table"). */
const SHOWN_BY = {
  trigger: ['TRIGGER'],
  event: ['EVENT'],
  routine: ['EXECUTE', 'CREATE ROUTINE', 'ALTER ROUTINE', 'SHOW_ROUTINE', 'SHOW CREATE ROUTINE'],
} as const

/** Kinds of objects that the server leaves out for this user without a word. */
export function hiddenFromUser(rows: QueryResult['rows'] = []): readonly Unmanaged[] {
  const { account, role } = rows[0] ?? {}
  const hasRole = role !== null && role !== undefined && role !== 'NONE'
  if (rows.length === 0 || hasRole) return []
  const has = new Set(rows.map(({ privilege }) => String(privilege)))
  return Object.entries(SHOWN_BY)
    .filter(([, privileges]) => !privileges.some((privilege) => has.has(privilege)))
    .map(([kind, privileges]) => ({
      kind,
      name: '*',
      reason: `The server shows ${kind}s only to who has ${privileges[0]} on the database, which ${String(account)} has not: there may be some.`,
      dependsOn: [],
    }))
}
