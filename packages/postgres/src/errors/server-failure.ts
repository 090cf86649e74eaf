/** What the server says about a refused statement. */
export interface ServerFailureFields {
  readonly code: string
  readonly severity?: string | undefined
  readonly detail?: string | undefined
  readonly hint?: string | undefined
  readonly schema?: string | undefined
  readonly table?: string | undefined
  readonly constraint?: string | undefined
  /** 0-based, in UTF-16 units of the statement that was sent. */
  readonly offset?: number | undefined
}
export interface ServerFailure extends Error, ServerFailureFields {
  readonly isServerFailure: true
}

/** An error of the server, or of the connection where there is no SQLSTATE but a driver's code; for dialects only. */
export function serverFailure(message: string, fields: ServerFailureFields, cause?: unknown): ServerFailure {
  const error = new Error(message, cause === undefined ? undefined : { cause })
  return Object.assign(error, fields, { isServerFailure: true as const })
}

/** Brand, not instanceof: two copies may be installed. */
export function isServerFailure(value: unknown): value is ServerFailure {
  return typeof value === 'object' && value !== null && 'isServerFailure' in value && value.isServerFailure === true
}
