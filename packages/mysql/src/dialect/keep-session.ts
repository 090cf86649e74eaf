import type { Connection, ServerInfo, SessionKeeper, SessionWork } from '@yama/core'
import { SESSION_ZONE, usualSettings } from './server-info.ts'
import { literal } from './statements/quoted.ts'
import { sessionVariables } from './statements/session-variables.ts'
import { KEY_CHECKS, SAVED, SAVED_KEYS, type SessionSettings } from './statements/session-settings.ts'

const sessions = new WeakMap<ServerInfo, SessionSettings>()
export const noteSession = (server: ServerInfo, settings: SessionSettings): void => void sessions.set(server, settings)

/**
 * Gives a session what decides how the server reads texts and makes routines, where a migration has left another: the head of a dump sets it for good; and
 * every variable that its statements set, such as `foreign_key_checks`. What was otherwise before, a hook has set, and it stays.
 */
export async function keepSession(connection: Connection, { statements }: SessionWork): Promise<SessionKeeper | undefined> {
  const { server, execute } = connection
  const settings = sessions.get(server)
  const usual = usualSettings(server)
  const reads = usual === undefined || settings?.readsOtherwise === true ? undefined : { settings, ...usual }
  const names = [...new Set(statements.flatMap(sessionVariables))].filter((name) => !READING.test(name))
  if (reads === undefined && names.length === 0) return undefined
  const before = await variables(connection, names)
  const giveBack = async (): Promise<void> => {
    if (reads?.settings?.readsOtherwise === true) {
      await execute(`SET NAMES utf8mb4 COLLATE ${reads.collation}`)
      await execute(
        `SET SESSION sql_mode = ${literal(reads.sqlMode)}, SESSION time_zone = ${literal(SESSION_ZONE)}, SESSION foreign_key_checks = COALESCE(${SAVED_KEYS}, ${KEY_CHECKS}), ${SAVED.map((saved) => `${saved} = NULL`).join(', ')}`,
      )
      reads.settings.restored()
    }
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
