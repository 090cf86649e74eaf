import type { LexerRules } from './lexer-rules.ts'
import { Scanner, type TokenKind } from './scanner.ts'

export interface Token {
  readonly kind: TokenKind
  readonly text: string
  readonly start: number
  readonly end: number
  /** False where a quote or comment runs to the end of the text without being closed. */
  readonly closed: boolean
}

/**
 * The tokens of a text, white space and comments included: their texts joined are the text. Never throws; DELIMITER is a
 * word here, `splitStatements` follows it.
 *
 * @example tokenize('select 1', lexerRules.sqlite).map((token) => token.text) // ['select', ' ', '1']
 */
export function tokenize(sql: string, rules: LexerRules): Token[] {
  const scanner = new Scanner(sql, rules)
  const tokens: Token[] = []
  while (scanner.next()) {
    const { kind, start, end, closed } = scanner
    tokens.push({ kind, text: sql.slice(start, end), start, end, closed })
  }
  return tokens
}
