import { significant } from '../text/tokens.ts'

const PLAIN_WORD = /^(?:null|true|false|current_timestamp|current_date|localtime|localtimestamp)$/i

/** A default that both servers take without brackets: a literal, a signed number, the time. MySQL keeps `now()` apart, as an expression. */
export function isPlainDefault(expression: string): boolean {
  const tokens = significant(expression)
  const [first, second] = tokens
  if (first === undefined) return false
  // `b'1'`, `x'41'`; `_utf8mb4'a'` comes from an expression and is none without brackets.
  if (tokens.length === 2 && /^[bx]$/i.test(first.text) && second?.kind === 'string' && first.end === second.start) return true
  if (tokens.length === 2 && (first.text === '-' || first.text === '+')) return second?.kind === 'number'
  if (tokens.length === 1) {
    if (first.kind === 'word') return PLAIN_WORD.test(first.text) || /^[bx]'/i.test(first.text)
    // Another column's value is an expression.
    return first.kind !== 'identifier'
  }
  return /^(?:current_timestamp|localtime|localtimestamp)$/i.test(first.text) && isCall(tokens.map(({ kind }) => kind))
}

const isCall = (kinds: readonly string[]): boolean =>
  kinds[1] === 'open' && (kinds.length === 3 || (kinds.length === 4 && kinds[2] === 'number')) && kinds.at(-1) === 'close'

const OUTSIDE = /^(?:(?:tiny|medium|long)?(?:text|blob)|json|geometry|geom\w*|point|linestring|polygon|multi\w+)\b/i

/** MySQL takes no literal for a column whose values stand outside the row, but takes it as an expression. */
export const standsOutside = (type: string): boolean => OUTSIDE.test(type)

/** True where a column of the type that takes NULL says so in a default, unless it has been told to have none. */
export const saysNull = (type: string): boolean => !standsOutside(type) && !/^vector\b/i.test(type)

/** True where the default of a column of the type is stated in brackets. */
export const needsBrackets = (expression: string, type: string): boolean => !isPlainDefault(expression) || standsOutside(type)
