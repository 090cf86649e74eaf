import type { QueryResult, ServerInfo } from '@yama/core'

/** A session in words that a later one can look for: connection ids begin anew with each start of the server, in seconds. */
export interface Backend {
  readonly [member: string]: number
  readonly id: number
  readonly started: number
}

/** What is asked to know when the server was started. */
export const STARTED = ["SHOW GLOBAL STATUS LIKE 'Uptime'", 'SELECT UNIX_TIMESTAMP() AS now'] as const
/** What is asked of a session about itself. */
export const BACKEND = ['SELECT CONNECTION_ID() AS id', ...STARTED] as const

/** From the answers to `STARTED`. */
export const startedAt = ([uptime, now]: readonly QueryResult[]): number =>
  Math.floor(Number(now?.rows[0]?.['now'])) - Number(uptime?.rows[0]?.['Value'])

const known = new WeakMap<ServerInfo, Backend>()
export const knownBackend = (server: ServerInfo): Backend | undefined => known.get(server)

/** From the answers to `BACKEND`; kept for the session. */
export function backendOf(server: ServerInfo, [id, ...times]: readonly QueryResult[]): Backend {
  const backend = { id: Number(id?.rows[0]?.['id']), started: startedAt(times) }
  known.set(server, backend)
  return backend
}
