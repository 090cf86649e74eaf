import type { Connection, ServerInfo } from '@yama/core'
import { SESSION_ZONE, usualSettings } from './server-info.ts'
import { literal } from './statements/quoted.ts'
import { KEY_CHECKS, SAVED, SAVED_KEYS, type SessionSettings } from './statements/session-settings.ts'

const sessions = new WeakMap<ServerInfo, SessionSettings>()
export const noteSession = (server: ServerInfo, settings: SessionSettings): void => void sessions.set(server, settings)

/**
 * Gives a session what decides how the server reads texts and makes routines, where a migration has left another: the head of a dump sets it for good. What was
 * otherwise before, a hook has set, and it stays.
 */
export function keepSession({ server, execute }: Connection): () => Promise<void> {
  const settings = sessions.get(server)
  const usual = usualSettings(server)
  const isOtherwise = (): boolean => settings?.readsOtherwise === true
  const before = isOtherwise()
  return async () => {
    if (before || !isOtherwise() || usual === undefined) return
    await execute(`SET NAMES utf8mb4 COLLATE ${usual.collation}`)
    await execute(
      `SET SESSION sql_mode = ${literal(usual.sqlMode)}, SESSION time_zone = ${literal(SESSION_ZONE)}, SESSION foreign_key_checks = COALESCE(${SAVED_KEYS}, ${KEY_CHECKS}), ${SAVED.map((saved) => `${saved} = NULL`).join(', ')}`,
    )
    settings?.restored()
  }
}
