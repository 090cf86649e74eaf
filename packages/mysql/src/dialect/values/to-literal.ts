import { literal } from '../statements/quoted.ts'

/** A value as a literal: bytes as hex, booleans as TRUE and FALSE, times in UTC, everything else that has members as JSON. */
export function toLiteral(value: unknown): string {
  if (value === null || value === undefined) return 'NULL'
  if (typeof value === 'string') return literal(value)
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE'
  if (typeof value === 'bigint' || (typeof value === 'number' && Number.isFinite(value))) return String(value)
  if (value instanceof Uint8Array) return `x'${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}'`
  if (value instanceof Date) return literal(value.toISOString().slice(0, -1).replace('T', ' '))
  return literal(typeof value === 'number' ? String(value) : JSON.stringify(value))
}
