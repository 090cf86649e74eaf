import { BACKSLASH, continuesWord, DOLLAR, isDigit, startsWord } from './characters.ts'

/** End of a quoted run whose quote is doubled to stand for itself; -1 where it is not closed. `from` is after the opening quote. */
export function scanDoubled(sql: string, from: number, quote: string): number {
  for (let at = sql.indexOf(quote, from); at >= 0; at = sql.indexOf(quote, at + 2)) {
    if (sql[at + 1] !== quote) return at + 1
  }
  return -1
}

/** As `scanDoubled`, with a backslash that escapes the next character. */
export function scanEscaped(sql: string, from: number, quote: number): number {
  let at = from
  while (at < sql.length) {
    const code = sql.charCodeAt(at)
    if (code === BACKSLASH) at += 2
    else if (code !== quote) at++
    else if (sql.charCodeAt(at + 1) === quote) at += 2
    else return at + 1
  }
  return -1
}

/** Length of the opening tag of a dollar quote, `$$` or `$tag$`; 0 where there is none. */
export function dollarTagLength(sql: string, from: number): number {
  let at = from + 1
  if (sql.charCodeAt(at) === DOLLAR) return 2
  if (isDigit(sql.charCodeAt(at)) || !startsWord(sql.charCodeAt(at))) return 0
  while (sql.charCodeAt(at) !== DOLLAR) {
    if (at >= sql.length || !continuesWord(sql.charCodeAt(at))) return 0
    at++
  }
  return at + 1 - from
}
