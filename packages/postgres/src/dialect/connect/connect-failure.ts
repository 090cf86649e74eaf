import { YamaError } from '@yama/core'
import { postgresErrors } from '../../errors/errors.ts'
import { redactText } from './redact.ts'

export interface ConnectAttempt {
  readonly hostname: string
  readonly port: number
  readonly user: string
  readonly database: string
  readonly timeoutMs: number
  readonly secrets: readonly string[]
}

const TLS = /^(?:ERR_TLS_|ERR_SSL_|CERT_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|EPROTO)|HOSTNAME_MISMATCH/

/** True where the two sides did not agree on an encryption. */
export const isTlsFailure = (error: unknown): boolean => TLS.test(String((error as { readonly code?: unknown }).code))

/** Gives a refused connection its code. The driver's error is not kept as cause: it may hold the configuration with the password. */
export function connectFailure(error: unknown, attempt: ConnectAttempt): YamaError {
  if (YamaError.is(error)) return error
  const { hostname, port, user, database, secrets } = attempt
  const host = hostname.startsWith('/') ? `${hostname}/.s.PGSQL.${String(port)}` : `${hostname}:${String(port)}`
  // An attempt on several addresses comes as an AggregateError; its first error says as much as all.
  const first = error instanceof AggregateError && error.errors.length > 0 ? (error.errors[0] as unknown) : error
  const { code: given, message } = first as { readonly code?: unknown; readonly message?: unknown }
  const code = typeof given === 'string' ? given : ''
  const reason = redactText(typeof message === 'string' ? message : String(first), secrets)
  if (code === 'ECONNREFUSED' || code === 'ENOENT' || code === 'ECONNRESET') return postgresErrors.YAMA_CONNECT_REFUSED({ host })
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return postgresErrors.YAMA_CONNECT_HOST_UNKNOWN({ host: hostname })
  if (code === 'ETIMEDOUT' || /timeout expired|connection timeout/i.test(reason)) {
    return postgresErrors.YAMA_CONNECT_TIMEOUT({ host, seconds: Math.round(attempt.timeoutMs / 1000) })
  }
  if (TLS.test(code) || /SSL|encryption|certificate/i.test(reason)) return postgresErrors.YAMA_CONNECT_TLS({ host, reason })
  if (code === '28P01' || code === '28000' || code === '42501' || /password|SASL/i.test(reason)) {
    return postgresErrors.YAMA_CONNECT_AUTHENTICATION({ host, user, database, reason })
  }
  if (code === '3D000') return postgresErrors.YAMA_CONNECT_DATABASE_MISSING({ database, host, hostname, port, user })
  if (code === '53300') return postgresErrors.YAMA_CONNECT_LIMIT({ host, reason })
  if (code === '57P03') return postgresErrors.YAMA_CONNECT_STARTING({ host, reason })
  return postgresErrors.YAMA_CONNECT_FAILED({ host, reason })
}
