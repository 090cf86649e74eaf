import type { Scanner } from '../lexer/scanner.ts'
import { sqlFailure } from './sql-failure.ts'

/**
 * Follows `DELIMITER xx` at the current word and moves past its line; false where the word is another one.
 * The argument may be quoted, and `\n` stands for a line end, as other tools which read the command have it.
 */
export function readDelimiter(scanner: Scanner): boolean {
  const { sql } = scanner
  // In a delimiter that is itself the word, `cutAtDelimiter` has not cut at the first character.
  if (scanner.end - scanner.start !== 9 || sql.slice(scanner.start, scanner.end).toUpperCase() !== 'DELIMITER') return false
  const lineEnd = sql.indexOf('\n', scanner.end)
  const line = sql.slice(scanner.end, lineEnd < 0 ? sql.length : lineEnd)
  const argument = /^[ \t]+(?:'([^']+)'|"([^"]+)"|(\S+))/.exec(line)
  const text = argument?.[1] ?? argument?.[2] ?? argument?.[3]
  if (text === undefined) throw sqlFailure('YAMA_SQL_DELIMITER', sql, scanner.start)
  scanner.delimiter = text === ';' ? '' : text.replaceAll('\\n', '\n')
  scanner.end += line.length
  return true
}
