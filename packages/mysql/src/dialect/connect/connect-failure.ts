import { YamaError } from '@yama/core'
import { mysqlErrors } from '../../errors/errors.ts'
import { redactText } from './redact.ts'

export interface ConnectAttempt {
  /** `host:port`, or the path of the socket. */
  readonly host: string
  readonly hostname: string
  readonly user: string
  readonly database: string
  readonly timeoutMs: number
  readonly secrets: readonly string[]
}

const TLS =
  /^(?:ERR_TLS_|ERR_SSL_|ERR_OSSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO|HANDSHAKE_(?:NO_)?SSL)|HOSTNAME_MISMATCH|SECURE_TRANSPORT/
const REFUSED = new Set(['ECONNREFUSED', 'ENOENT', 'ECONNRESET', 'PROTOCOL_CONNECTION_LOST'])
const LIMIT = new Set(['ER_CON_COUNT_ERROR', 'ER_HOST_IS_BLOCKED', 'ER_TOO_MANY_USER_CONNECTIONS', 'ER_USER_LIMIT_REACHED'])
const DENIED = new Set([
  'ER_ACCESS_DENIED_ERROR',
  'ER_ACCESS_DENIED_NO_PASSWORD_ERROR',
  'ER_DBACCESS_DENIED_ERROR',
  'ER_HOST_NOT_PRIVILEGED',
  'ER_NOT_SUPPORTED_AUTH_MODE',
  'ER_ACCOUNT_HAS_BEEN_LOCKED',
  'ER_MUST_CHANGE_PASSWORD_LOGIN',
  'AUTH_SWITCH_PLUGIN_ERROR',
])

const UNKNOWN_PLUGIN = /^Server requests authentication using unknown plugin (\w+)\..*$/s

/** Gives a refused connection its code. The driver's error is not kept as cause: it may hold the configuration with the password. */
export function connectFailure(error: unknown, attempt: ConnectAttempt): YamaError {
  if (YamaError.is(error)) return error
  const { host, hostname, user, database, secrets } = attempt
  // An attempt on several addresses comes as an AggregateError; its first error says as much as all.
  const first = error instanceof AggregateError && error.errors.length > 0 ? (error.errors[0] as unknown) : error
  const given = (first ?? {}) as { readonly code?: unknown; readonly sqlMessage?: unknown; readonly message?: unknown }
  const code = typeof given.code === 'string' ? given.code : ''
  const text = typeof given.sqlMessage === 'string' ? given.sqlMessage : typeof given.message === 'string' ? given.message : String(first)
  const reason = redactText(text.replace(UNKNOWN_PLUGIN, 'it asks for the plugin $1, which the driver mysql2 does not have'), secrets)
  if (REFUSED.has(code)) return mysqlErrors.YAMA_CONNECT_MYSQL_REFUSED({ host })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return mysqlErrors.YAMA_CONNECT_MYSQL_HOST_UNKNOWN({ host: hostname })
  if (code === 'ETIMEDOUT') return mysqlErrors.YAMA_CONNECT_MYSQL_TIMEOUT({ host, seconds: Math.round(attempt.timeoutMs / 1000) })
  if (TLS.test(code)) return mysqlErrors.YAMA_CONNECT_MYSQL_TLS({ host, reason })
  if (DENIED.has(code)) return mysqlErrors.YAMA_CONNECT_MYSQL_AUTHENTICATION({ host, user, database: database || '(none)', reason })
  if (code === 'ER_BAD_DB_ERROR') return mysqlErrors.YAMA_CONNECT_MYSQL_DATABASE_MISSING({ host, database })
  if (LIMIT.has(code)) return mysqlErrors.YAMA_CONNECT_MYSQL_LIMIT({ host, reason })
  return mysqlErrors.YAMA_CONNECT_MYSQL_FAILED({ host, reason })
}
