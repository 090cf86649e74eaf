import type { Connection, ServerInfo, SessionKeeper, SessionWork } from '@yama/core'
import { SESSION_ZONE, usualSettings } from './server-info.ts'
import { movesSession } from './statements/moves-session.ts'
import { identifier, literal } from './statements/quoted.ts'
import { sessionVariables } from './statements/session-variables.ts'
import { temporaryTable } from './statements/temporary-table.ts'
import { KEY_CHECKS, SAVED, SAVED_KEYS, type SessionSettings } from './statements/session-settings.ts'

const sessions = new WeakMap<ServerInfo, SessionSettings>()
export const noteSession = (server: ServerInfo, settings: SessionSettings): void => void sessions.set(server, settings)

/**
 * Gives a session what decides how the server reads texts and makes routines, where a migration has left another: the head of a dump sets it for good; and
 * every variable that its statements set, such as `foreign_key_checks`; the database that it works in, and as which role. Temporary tables, which
 * hide others of their name, go. What was otherwise before, a
 * hook has set, and it stays.
 */
export async function keepSession(connection: Connection, { statements }: SessionWork): Promise<SessionKeeper | undefined> {
  const { server, execute } = connection
  const settings = sessions.get(server)
  const usual = usualSettings(server)
  const reads = usual === undefined || settings?.readsOtherwise === true ? undefined : { settings, ...usual }
  const names = [...new Set(statements.flatMap(sessionVariables))].filter((name) => !READING.test(name))
  const temporary = [...new Set(statements.flatMap((sql) => temporaryTable(sql) ?? []))]
  const moves = statements.some((sql) => movesSession(sql) !== undefined)
  if (reads === undefined && names.length === 0 && temporary.length === 0 && !moves) return undefined
  const before = await variables(connection, names)
  const place = moves ? await placeOf(connection) : undefined
  const giveBack = async (): Promise<void> => {
    if (reads?.settings?.readsOtherwise === true) {
      await execute(`SET NAMES utf8mb4 COLLATE ${reads.collation}`)
      await execute(
        `SET SESSION sql_mode = ${literal(reads.sqlMode)}, SESSION time_zone = ${literal(SESSION_ZONE)}, SESSION foreign_key_checks = COALESCE(${SAVED_KEYS}, ${KEY_CHECKS}), ${SAVED.map((saved) => `${saved} = NULL`).join(', ')}`,
      )
      reads.settings.restored()
    }
    // Where the migration left the session, for a name that it did not qualify.
    if (temporary.length > 0) await execute(`DROP TEMPORARY TABLE IF EXISTS ${temporary.join(', ')}`)
    if (place !== undefined) await returnTo(connection, place)
    const now = await variables(connection, names)
    const other = [...before].filter(([name, value]) => now.get(name) !== value)
    if (other.length > 0) await execute(`SET ${other.map(([name, value]) => `SESSION ${name} = ${valueOf(value)}`).join(', ')}`)
  }
  return { own: [], giveBack }
}

/** Kept as what decides how texts are read. */
const READING = /^(?:sql_mode|time_zone|character_set_\w+|collation_\w+)$/
const valueOf = (value: string): string => (/^-?\d+(?:\.\d+)?$/.test(value) ? value : literal(value))

async function variables(connection: Connection, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (names.length === 0) return new Map()
  const { rows } = await connection.execute(`SHOW SESSION VARIABLES WHERE Variable_name IN (${names.map(literal).join(', ')})`)
  return new Map(rows.map((row) => [String(row['Variable_name']), String(row['Value'])]))
}

interface Place {
  readonly database: unknown
  readonly role: unknown
}

async function placeOf({ execute }: Connection): Promise<Place> {
  const { rows } = await execute('SELECT DATABASE() AS db, CURRENT_ROLE() AS role')
  return { database: rows[0]?.['db'] ?? null, role: rows[0]?.['role'] ?? null }
}

/** MySQL prints roles as it reads them, and NONE; MariaDB prints one name, and NULL for none. */
async function returnTo(connection: Connection, { database, role }: Place): Promise<void> {
  const now = await placeOf(connection)
  if (now.role !== role)
    await connection.execute(
      `SET ROLE ${typeof role !== 'string' ? 'NONE' : connection.server.kind === 'mariadb' ? identifier(role) : role}`,
    )
  if (typeof database === 'string' && now.database !== database) await connection.execute(`USE ${identifier(database)}`)
}
