import type { BatchFailure } from '../contract/dialect.ts'

/** Wraps a driver's error with the place in the batch where it happened; for connections only, people see what the dialect makes of it. */
export function batchFailure(index: number, cause: unknown): BatchFailure {
  const message = cause instanceof Error ? cause.message : String(cause)
  return Object.assign(new Error(message, { cause }), { isBatchFailure: true as const, index, cause })
}

/** Brand, not instanceof: two copies of core may be installed. */
export function isBatchFailure(value: unknown): value is BatchFailure {
  return typeof value === 'object' && value !== null && 'isBatchFailure' in value && value.isBatchFailure === true
}
