import { continuesWord, DOT, isDigit, MINUS, PLUS } from './characters.ts'

/** End of a number: digits, point, exponent, and the letters of `0x1F` or of a name that starts with a digit. */
export function scanNumber(sql: string, from: number): number {
  const prefixed = sql[from] === '0' && 'xXbBoO'.includes(sql[from + 1] ?? ' ')
  let at = from + 1
  while (at < sql.length) {
    const code = sql.charCodeAt(at)
    if (code === DOT) {
      // `1..10` is a range in procedural languages.
      if (sql.charCodeAt(at + 1) === DOT) break
    } else if (code === PLUS || code === MINUS) {
      const exponent = !prefixed && (sql.charCodeAt(at - 1) | 32) === 101 && isDigit(sql.charCodeAt(at + 1))
      if (!exponent) break
    } else if (!continuesWord(code)) break
    at++
  }
  return at
}
