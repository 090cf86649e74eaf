import type { Scanner } from '../lexer/scanner.ts'
import { unterminated } from './sql-failure.ts'

/** Throws YAMA_SQL_UNTERMINATED for the scanner's current token. */
export function refuseUnclosed(scanner: Scanner): never {
  const { kind, sql, start } = scanner
  const opening = sql[start] ?? ''
  switch (kind) {
    case 'identifier':
      throw unterminated(sql, start, 'quoted name', opening === '[' ? ']' : opening.toUpperCase() === 'U' ? '"' : opening)
    case 'dollar':
      throw unterminated(sql, start, 'dollar quote', sql.slice(start, sql.indexOf('$', start + 1) + 1))
    case 'string':
      throw unterminated(sql, start, 'string', opening === '"' ? '"' : "'")
    default:
      throw unterminated(sql, start, 'comment', '*/')
  }
}
