/** A parameter as better-sqlite3 takes it: it knows numbers, bigints, strings, buffers and null only. */
export function bindValue(value: unknown): string | number | bigint | Uint8Array | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'bigint':
      return value
    case 'boolean':
      return value ? 1 : 0
    case 'undefined':
      return null
    default:
      if (value === null || value instanceof Uint8Array) return value
      if (value instanceof Date) return value.toISOString()
      return JSON.stringify(value)
  }
}
