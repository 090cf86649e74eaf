const LEADING_COMMENTS = /^(?:\s|--[^\n]*(?:\n|$)|\/\*(?!M?!)[^]*?\*\/)+/

/**
 * A statement on one line for people, without the comments before it and cut after `most` characters.
 *
 * @example statementLine('-- why\nSELECT 1,\n  2') // 'SELECT 1, 2'
 */
export function statementLine(sql: string, most = 160): string {
  const line = sql.replace(LEADING_COMMENTS, '').replaceAll(/\s+/g, ' ').trim()
  return line.length > most ? `${line.slice(0, most - 1)}…` : line
}
