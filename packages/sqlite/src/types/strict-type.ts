const ALLOWED: ReadonlySet<string> = new Set(['INT', 'INTEGER', 'REAL', 'TEXT', 'BLOB', 'ANY'])

/** STRICT tables take six types; any other becomes the one of its affinity (https://sqlite.org/datatype3.html#determination_of_column_affinity). */
export function strictType(type: string): string {
  const upper = type.toUpperCase()
  if (ALLOWED.has(upper)) return type
  if (upper.includes('INT') || upper === 'BOOLEAN') return 'INTEGER'
  if (/CHAR|CLOB|TEXT|DATE|TIME|JSON|UUID/.test(upper)) return 'TEXT'
  if (upper === '' || upper.includes('BLOB')) return 'BLOB'
  if (/REAL|FLOA|DOUB/.test(upper)) return 'REAL'
  return 'ANY'
}
