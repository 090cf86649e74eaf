import type { DatabaseKind } from '@yama/core'
import { sqlErrors } from '../errors/errors.ts'

const doubled = (text: string): string => `'${text.replaceAll("'", "''")}'`

const hex = (text: string): string => Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')

// A carriage return in a file does not outlive an editor, a checkout or the mysql client.
const mysql = (text: string): string => doubled(text.replaceAll('\\', '\\\\').replaceAll('\0', '\\0').replaceAll('\r', '\\r'))

const literals = {
  postgres: (text) => {
    if (text.includes('\0')) throw sqlErrors.YAMA_SQL_NUL({ kind: 'postgres' })
    // E'' reads the same whatever standard_conforming_strings says, as quote_literal() does.
    return /[\\\r]/.test(text) ? `E${doubled(text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r'))}` : doubled(text)
  },
  // A literal ends at U+0000 in SQLite.
  sqlite: (text) => (text.includes('\0') ? `CAST(X'${hex(text)}' AS TEXT)` : doubled(text)),
  mysql,
  mariadb: mysql,
} satisfies Record<DatabaseKind, (text: string) => string>

/**
 * The text as a string literal. Throws YAMA_SQL_NUL for U+0000 on PostgreSQL, which cannot store it. For MySQL and
 * MariaDB it holds without NO_BACKSLASH_ESCAPES, the default.
 *
 * @example quoteLiteral("it's", 'sqlite') // "'it''s'"
 */
export function quoteLiteral(text: string, kind: DatabaseKind): string {
  return literals[kind](text)
}
