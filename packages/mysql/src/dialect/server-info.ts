import type { ServerInfo } from '@yama/core'
import { mysqlErrors } from '../errors/errors.ts'
import { LAST_TABLE } from './history/history-tables.ts'
import { readableMode } from './readable-mode.ts'
import { literal } from './statements/quoted.ts'
import type { Wire } from './drivers/wire.ts'

/** The servers' own defaults, so that a file means the same on a server which somebody configured otherwise. */
const SQL_MODES = {
  mysql: 'ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION',
  mariadb: 'STRICT_TRANS_TABLES,ERROR_FOR_DIVISION_BY_ZERO,NO_AUTO_CREATE_USER,NO_ENGINE_SUBSTITUTION',
} as const

/**
 * What a server may have for everybody: an answer that is cut off, refused or begun anew would make a schema of half its tables, and a file that
 * checks no keys means something else.
 */
const USUAL = {
  sql_select_limit: '18446744073709551615',
  sql_big_selects: '1',
  sql_safe_updates: '0',
  sql_auto_is_null: '0',
  completion_type: '0',
  foreign_key_checks: '1',
  unique_checks: '1',
} as const

/** Of every session. */
export const SESSION_ZONE = '+00:00'

const usualValues = Object.entries(USUAL)
  .map(([name, value]) => `${name} = ${value}`)
  .join(', ')

export interface SessionSettings {
  readonly sqlMode: string | undefined
  readonly lockTimeoutMs: number
}

/** What a session needs besides who answers. */
export interface Session {
  readonly info: ServerInfo
  /** In bytes; a longer text breaks the connection. */
  readonly maxPacket: number
}

function settings({ sqlMode, lockTimeoutMs }: SessionSettings): readonly string[] {
  const seconds = Math.ceil(lockTimeoutMs / 1000)
  const modes = sqlMode === undefined ? SQL_MODES : { mysql: readableMode(sqlMode, 'mysql'), mariadb: readableMode(sqlMode, 'mariadb') }
  const mode = `IF(VERSION() LIKE '%MariaDB%', ${literal(modes.mariadb)}, ${literal(modes.mysql)})`
  return [
    'SET NAMES utf8mb4',
    `SET SESSION time_zone = '${SESSION_ZONE}', sql_mode = ${mode}, autocommit = 1, ${usualValues}${seconds === 0 ? '' : `, lock_wait_timeout = ${String(seconds)}, innodb_lock_wait_timeout = ${String(seconds)}`}`,
  ]
}

const QUESTION = `SELECT VERSION(), @@version_comment, COALESCE(DATABASE(), ''), CURRENT_USER(), @@global.read_only, @@max_allowed_packet, @@sql_mode, @@collation_connection,
  (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = '${LAST_TABLE}')`

/** Sessions which saw the history's tables when they connected, so that reading it takes one round trip. */
const historySeen = new WeakMap<ServerInfo, boolean>()
export const sawHistory = (server: ServerInfo): boolean => historySeen.get(server) ?? false
export const noteHistory = (server: ServerInfo): void => void historySeen.set(server, true)

/** What sessions had when they began, in the server's own words: with it a server keeps what it reads again. */
export interface UsualSettings {
  readonly sqlMode: string
  readonly collation: string
}
const usual = new WeakMap<ServerInfo, UsualSettings>()
export const usualSettings = (server: ServerInfo): UsualSettings | undefined => usual.get(server)

/** Applies the settings of the session and asks who answers, in one round trip. Rejects with the server's failure, or YAMA_CONNECT_MYSQL_VERSION. */
export async function openSession(wire: Wire, host: string, wanted: SessionSettings): Promise<Session> {
  const { results, failure } = await wire.query([...settings(wanted), QUESTION].join(';\n'))
  if (failure !== undefined) throw failure
  const [full = '', comment = '', database = '', user = '', readOnly = '', maxPacket = '', sqlMode = '', collation = '', history = ''] = (
    results.at(-1)?.rows[0] ?? []
  ).map((value) => String(value))
  const info = serverOf(full, comment, { host, database, user, readOnly: !/^(?:0|OFF)$/i.test(readOnly) })
  refuseOld(info)
  historySeen.set(info, Number(history) > 0)
  usual.set(info, { sqlMode, collation })
  return { info, maxPacket: Number(maxPacket) }
}

/** MariaDB's version may begin with `5.5.5-`, which it once put there for old replicas. */
function serverOf(full: string, comment: string, rest: Pick<ServerInfo, 'host' | 'database' | 'user' | 'readOnly'>): ServerInfo {
  const kind = /MariaDB/i.test(full) || /MariaDB/i.test(comment) ? 'mariadb' : 'mysql'
  const version = /^\d+(?:\.\d+)*/.exec(full.replace(/^5\.5\.5-/, ''))?.[0] ?? full
  const name = kind === 'mariadb' ? 'MariaDB' : /Percona/i.test(comment) ? 'Percona Server' : 'MySQL'
  return Object.freeze({ kind, product: `${name} ${version}`, version, major: Number.parseInt(version, 10), ...rest, pooler: false })
}

function refuseOld({ kind, version, product, host }: ServerInfo): void {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const oldest = kind === 'mariadb' ? [10, 6] : [8, 0]
  if (major < oldest[0]! || (major === oldest[0] && minor < oldest[1]!)) throw mysqlErrors.YAMA_CONNECT_MYSQL_VERSION({ host, product })
}
