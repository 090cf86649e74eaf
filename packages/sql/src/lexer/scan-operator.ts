import { isOperator, isSpecialOperator, MINUS, PLUS, SLASH, STAR } from './characters.ts'
import type { LexerRules } from './lexer-rules.ts'

const startsComment = (sql: string, at: number): boolean => {
  const code = sql.charCodeAt(at)
  return (code === MINUS && sql.charCodeAt(at + 1) === MINUS) || (code === SLASH && sql.charCodeAt(at + 1) === STAR)
}

/** PostgreSQL allows 63 characters and none is in use with more than five; the limit keeps a long run of signs linear. */
const LONGEST = 16

/** PostgreSQL, 4.1.3: the longest run of operator characters, cut before a comment and before a trailing sign. */
const scanLongest = (sql: string, from: number): number => {
  let at = from
  let special = false
  while (at < sql.length && at - from < LONGEST && isOperator(sql.charCodeAt(at)) && (at === from || !startsComment(sql, at))) {
    special ||= isSpecialOperator(sql.charCodeAt(at))
    at++
  }
  while (!special && at - from > 1 && (sql.charCodeAt(at - 1) === PLUS || sql.charCodeAt(at - 1) === MINUS)) at--
  return at
}

/** End of the operator or single mark that starts at `from`. */
export function scanOperator(sql: string, from: number, rules: LexerRules): number {
  if (rules.operators !== 'longest') {
    for (const operator of rules.operators) if (sql.startsWith(operator, from)) return from + operator.length
    return from + 1
  }
  if (isOperator(sql.charCodeAt(from))) return scanLongest(sql, from)
  const pair = sql.slice(from, from + 2)
  return pair === '::' || pair === ':=' || pair === '..' ? from + 2 : from + 1
}
