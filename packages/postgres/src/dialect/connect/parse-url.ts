import { readFileSync } from 'node:fs'
import type { ConnectionOptions as TlsOptions } from 'node:tls'
import { postgresErrors } from '../../errors/errors.ts'
import { redactText, redactUrl } from './redact.ts'

export type SslMode = 'disable' | 'allow' | 'prefer' | 'require' | 'verify-ca' | 'verify-full'

/** Where and as whom to connect. What is undefined is left to `pg`, which asks the PG… variables and `.pgpass`. */
export interface PostgresTarget {
  readonly host: string | undefined
  readonly port: number | undefined
  readonly user: string | undefined
  readonly password: string | undefined
  readonly database: string | undefined
  /** How a connection is encrypted where it is. */
  readonly tls: TlsOptions
  readonly sslMode: SslMode
  readonly connectTimeoutMs: number
  readonly applicationName: string | undefined
  readonly options: string | undefined
  readonly searchPath: readonly string[]
  /** What the URL says of a transaction pooler; undefined where it says nothing. */
  readonly pooler: boolean | undefined
}

const MODES: Readonly<Record<string, SslMode>> = {
  disable: 'disable',
  allow: 'allow',
  prefer: 'prefer',
  require: 'require',
  'verify-ca': 'verify-ca',
  'verify-full': 'verify-full',
  'no-verify': 'require',
}

/** An empty one says nothing. */
const variable = (name: string): string | undefined => process.env[name] || undefined

/** Nothing that anybody else could read. */
const isLocal = (host: string): boolean => host.startsWith('/') || /^(?:localhost|127\.[\d.]+|::1)$/.test(host)

/** Reads `postgres://…` as libpq does. Throws YAMA_CONNECT_POSTGRES_URL, without the password. */
export function parsePostgresUrl(url: string): PostgresTarget {
  const refuse = (reason: string): Error => postgresErrors.YAMA_CONNECT_POSTGRES_URL({ url: redactUrl(url), reason })
  if (!/^postgres(?:ql)?:\/\//i.test(url)) throw refuse('it does not begin with postgres://')
  // libpq takes a user without a host, which is then a socket; the URL standard does not.
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
  const port = parsed.port === '' ? query.get('port') : parsed.port
  const host = query.get('host') ?? decoded(parsed.hostname.replace(/^\[(.*)\]$/, '$1'))
  const said = query.get('sslmode') ?? (query.get('ssl') === 'true' ? 'require' : variable('PGSSLMODE'))
  const mode = said ?? (isLocal(host ?? variable('PGHOST') ?? 'localhost') ? 'allow' : 'prefer')
  const sslMode = MODES[mode]
  if (sslMode === undefined) throw refuse(`sslmode=${mode} is not one of disable, allow, prefer, require, verify-ca, verify-full`)
  const timeout = Number(query.get('connect_timeout') ?? 10)
  if (!Number.isFinite(timeout) || timeout < 0) throw refuse('connect_timeout is not a number of seconds')
  return {
    host,
    port: port === null || port === '' ? undefined : Number(port),
    user: decoded(parsed.username) ?? query.get('user') ?? undefined,
    password: decoded(parsed.password) ?? query.get('password') ?? undefined,
    database: decoded(parsed.pathname.slice(1)) ?? query.get('dbname') ?? undefined,
    tls: tlsOf(sslMode, query, refuse),
    sslMode,
    connectTimeoutMs: timeout === 0 ? 0 : Math.max(1, timeout) * 1000,
    applicationName: query.get('application_name') ?? undefined,
    options: query.get('options') ?? undefined,
    searchPath: (query.get('search_path') ?? query.get('schema') ?? '')
      .split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    pooler: poolerOf(query, port, host ?? ''),
  }
}

/** Supabase's port, the hosts of Neon, Supabase and RDS Proxy, and what Prisma's users write. */
function poolerOf(query: URLSearchParams, port: string | null, host: string): boolean | undefined {
  const said = query.get('pooler') ?? query.get('pgbouncer')
  if (said === 'true' || said === 'false') return said === 'true'
  return port === '6543' || /-pooler(?:\.|$)|\.pooler\.|\.proxy-[^.]+\..*\.rds\.amazonaws\.com$/.test(host) ? true : undefined
}

function tlsOf(mode: SslMode, query: URLSearchParams, refuse: (reason: string) => Error): TlsOptions {
  if (mode === 'disable') return {}
  const file = (name: string): Buffer | undefined => {
    const path = query.get(name) ?? variable(`PG${name.toUpperCase()}`)
    if (path === undefined || path === 'system') return undefined
    try {
      return readFileSync(path)
    } catch (error) {
      throw refuse(`the file ${path} of ${name} cannot be read (${redactText(String((error as { code?: unknown }).code), [])})`)
    }
  }
  const authority = file('sslrootcert')
  const certificate = file('sslcert')
  const key = file('sslkey')
  // libpq verifies with `require` only where an authority is given.
  const verify = mode === 'verify-ca' || mode === 'verify-full' || (mode === 'require' && authority !== undefined)
  return {
    rejectUnauthorized: verify,
    ...(authority === undefined ? {} : { ca: authority }),
    ...(certificate === undefined ? {} : { cert: certificate }),
    ...(key === undefined ? {} : { key }),
    ...(verify && mode !== 'verify-full' ? { checkServerIdentity: () => undefined } : {}),
  }
}
