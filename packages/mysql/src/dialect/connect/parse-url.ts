import { readFileSync } from 'node:fs'
import { mysqlErrors } from '../../errors/errors.ts'
import type { TlsSettings } from '../dialect-options.ts'
import { redactUrl } from './redact.ts'

export type SslMode = 'DISABLED' | 'PREFERRED' | 'REQUIRED' | 'VERIFY_CA' | 'VERIFY_IDENTITY'

/** Where and as whom to connect. */
export interface MysqlTarget {
  readonly host: string
  readonly port: number
  readonly socket: string | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  /** Empty: no database is chosen, for work on the server itself. */
  readonly database: string
  readonly sslMode: SslMode
  /** Undefined without encryption. */
  readonly ssl: TlsSettings | undefined
  readonly connectTimeoutMs: number
}

/** Words of the mysql client, then those of other drivers that teams bring with their URLs. */
const MODES: Readonly<Record<string, SslMode>> = {
  disabled: 'DISABLED',
  preferred: 'PREFERRED',
  required: 'REQUIRED',
  verify_ca: 'VERIFY_CA',
  verify_identity: 'VERIFY_IDENTITY',
  disable: 'DISABLED',
  prefer: 'PREFERRED',
  require: 'REQUIRED',
  'verify-ca': 'VERIFY_CA',
  'verify-full': 'VERIFY_IDENTITY',
  strict: 'VERIFY_IDENTITY',
  accept_invalid_certs: 'REQUIRED',
  'skip-verify': 'REQUIRED',
  true: 'VERIFY_IDENTITY',
  false: 'DISABLED',
}
const LOCAL = new Set(['localhost', '127.0.0.1', '::1'])

/** Reads `mysql://…` and `mariadb://…`. Throws YAMA_CONNECT_MYSQL_URL, without the password. */
export function parseMysqlUrl(url: string): MysqlTarget {
  const refuse = (reason: string): Error => mysqlErrors.YAMA_CONNECT_MYSQL_URL({ url: redactUrl(url), reason })
  if (!/^(?:mysql|mariadb):\/\//i.test(url)) throw refuse('it does not begin with mysql:// or mariadb://')
  // A user without a host is a local one; the URL standard does not take that.
  const standard = url.replace(/^(\w+:\/\/[^/?#]*@)(?=[/?]|$)/, '$1localhost')
  if (!URL.canParse(standard)) throw refuse('a part of it is no host, port or percent-encoded text')
  const parsed = new URL(standard)
  const query = parsed.searchParams
  const decoded = (text: string): string | undefined => {
    try {
      return text === '' ? undefined : decodeURIComponent(text)
    } catch {
      throw refuse('a % in it is not followed by two hex digits')
    }
  }
  const database = decoded(parsed.pathname.slice(1)) ?? ''
  if (database.includes('/')) throw refuse(`${database} is no name of a database`)
  const host = decoded(parsed.hostname.replace(/^\[(.*)\]$/, '$1')) ?? 'localhost'
  const socket = query.get('socket') ?? query.get('socketPath') ?? undefined
  const given = query.get('ssl-mode') ?? query.get('sslmode') ?? query.get('sslaccept') ?? query.get('tls') ?? query.get('ssl')
  const local = socket !== undefined || LOCAL.has(host)
  const sslMode = given === null ? (local ? 'DISABLED' : 'PREFERRED') : modeOf(given)
  if (sslMode === undefined) throw refuse(`ssl-mode=${given ?? ''} is not one of DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY`)
  const timeout = Number(query.get('connect_timeout') ?? 10)
  if (!Number.isFinite(timeout) || timeout < 0) throw refuse('connect_timeout is not a number of seconds')
  return {
    host,
    port: parsed.port === '' ? 3306 : Number(parsed.port),
    socket,
    user: decoded(parsed.username),
    password: decoded(parsed.password) ?? query.get('password') ?? undefined,
    database,
    sslMode,
    ssl: sslMode === 'DISABLED' ? undefined : tlsOf(sslMode, query, refuse),
    connectTimeoutMs: timeout === 0 ? 0 : Math.max(1, timeout) * 1000,
  }
}

/** mysql2 itself takes `ssl={"rejectUnauthorized":true}`. */
function modeOf(given: string): SslMode | undefined {
  if (given.startsWith('{')) return /"rejectUnauthorized"\s*:\s*false/.test(given) ? 'REQUIRED' : 'VERIFY_IDENTITY'
  return MODES[given.toLowerCase()]
}

function tlsOf(mode: SslMode, query: URLSearchParams, refuse: (reason: string) => Error): TlsSettings {
  const file = (...names: readonly string[]): Buffer | undefined => {
    const name = names.find((candidate) => query.has(candidate))
    const path = name === undefined ? null : query.get(name)
    if (path === null) return undefined
    try {
      return readFileSync(path)
    } catch (error) {
      throw refuse(`the file ${path} of ${name ?? ''} cannot be read (${String((error as { code?: unknown }).code)})`)
    }
  }
  const authority = file('ssl-ca', 'sslcert', 'sslrootcert')
  const certificate = file('ssl-cert')
  const key = file('ssl-key')
  const verify = mode === 'VERIFY_CA' || mode === 'VERIFY_IDENTITY'
  return {
    rejectUnauthorized: verify,
    verifyIdentity: mode === 'VERIFY_IDENTITY',
    ...(authority === undefined ? {} : { ca: authority }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
  }
}
