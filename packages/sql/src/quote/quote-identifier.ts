import type { DatabaseKind } from '@yama/core'
import { sqlErrors } from '../errors/errors.ts'
import { reservedWords } from './reserved-words.ts'

const plain = {
  // PostgreSQL folds unquoted names to lower case, so upper case letters need quotes.
  postgres: /^[a-z_][a-z0-9_]*$/,
  sqlite: /^[A-Za-z_][A-Za-z0-9_]*$/,
  mysql: /^[A-Za-z_][A-Za-z0-9_]*$/,
  mariadb: /^[A-Za-z_][A-Za-z0-9_]*$/,
} satisfies Record<DatabaseKind, RegExp>

const quotes = { postgres: '"', sqlite: '"', mysql: '`', mariadb: '`' } satisfies Record<DatabaseKind, string>

/**
 * The name as it has to be written, quoted only where it must be: reserved words, unusual characters, upper case on
 * PostgreSQL. Throws YAMA_SQL_NUL for U+0000.
 *
 * @example quoteIdentifier('Order', 'postgres') // '"Order"'
 * @example quoteIdentifier('order', 'mysql') // '`order`'
 */
export function quoteIdentifier(name: string, kind: DatabaseKind): string {
  if (plain[kind].test(name) && !reservedWords[kind].has(name.toLowerCase())) return name
  if (name.includes('\0')) throw sqlErrors.YAMA_SQL_NUL({ kind })
  const quote = quotes[kind]
  return `${quote}${name.replaceAll(quote, quote + quote)}${quote}`
}
