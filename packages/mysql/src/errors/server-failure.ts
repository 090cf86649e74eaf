/** What the server, or the driver in its place, says about a refused statement. */
export interface ServerFailureFields {
  /** The server's number, 1064; 0 where the driver speaks for itself. */
  readonly errno: number
  /** The symbol of the number, `ER_PARSE_ERROR`, or the driver's own, `PROTOCOL_CONNECTION_LOST`. */
  readonly code: string
  readonly sqlState?: string | undefined
  /** 0-based, in UTF-16 units of the statement that was sent. */
  readonly offset?: number | undefined
}
export interface ServerFailure extends Error, ServerFailureFields {
  readonly isServerFailure: true
}

/** An error of the server or of the connection; for dialects only. */
export function serverFailure(message: string, fields: ServerFailureFields, cause?: unknown): ServerFailure {
  const error = new Error(message, cause === undefined ? undefined : { cause })
  return Object.assign(error, fields, { isServerFailure: true as const })
}

/** Brand, not instanceof: two copies may be installed. */
export function isServerFailure(value: unknown): value is ServerFailure {
  return typeof value === 'object' && value !== null && 'isServerFailure' in value && value.isServerFailure === true
}
