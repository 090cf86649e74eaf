import type { Connection, ServerInfo, SessionKeeper } from '@yama/core'
import { SESSION_ZONE, usualSettings } from './server-info.ts'
import { literal } from './statements/quoted.ts'
import { KEY_CHECKS, SAVED, SAVED_KEYS, type SessionSettings } from './statements/session-settings.ts'

const sessions = new WeakMap<ServerInfo, SessionSettings>()
export const noteSession = (server: ServerInfo, settings: SessionSettings): void => void sessions.set(server, settings)

/**
 * Gives a session what decides how the server reads texts and makes routines, where a migration has left another: the head of a dump sets it for good. What was
 * otherwise before, a hook has set, and it stays.
 */
export function keepSession({ server, execute }: Connection): Promise<SessionKeeper | undefined> {
  const settings = sessions.get(server)
  const usual = usualSettings(server)
  if (usual === undefined || settings?.readsOtherwise === true) return Promise.resolve(undefined)
  const giveBack = async (): Promise<void> => {
    if (settings?.readsOtherwise !== true) return
    await execute(`SET NAMES utf8mb4 COLLATE ${usual.collation}`)
    await execute(
      `SET SESSION sql_mode = ${literal(usual.sqlMode)}, SESSION time_zone = ${literal(SESSION_ZONE)}, SESSION foreign_key_checks = COALESCE(${SAVED_KEYS}, ${KEY_CHECKS}), ${SAVED.map((saved) => `${saved} = NULL`).join(', ')}`,
    )
    settings.restored()
  }
  return Promise.resolve({ own: [], giveBack })
}
