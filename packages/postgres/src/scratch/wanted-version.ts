import type { Connection } from '@yama/core'

/** True where another major version answers than the one that is wanted. */
export const differs = (connection: Connection, major: number | undefined): boolean =>
  major !== undefined && connection.server.major !== major

/** For the description of a scratch database. */
export const versionNote = (connection: Connection, major: number | undefined): string =>
  differs(connection, major) ? `; version ${String(major)} is wanted, so details may differ` : ''
