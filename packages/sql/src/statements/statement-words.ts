import type { LexerRules } from '../lexer/lexer-rules.ts'
import { Scanner } from '../lexer/scanner.ts'

const skipped = new Set(['space', 'comment', 'directive', 'hint', 'conditional'])

/**
 * The bare words a statement begins with, in upper case, comments skipped; ends at the first token which is no bare word.
 *
 * @example statementWords('create index concurrently "x" on t (a)', lexerRules.postgres) // ['CREATE', 'INDEX', 'CONCURRENTLY']
 */
export function statementWords(sql: string, rules: LexerRules): string[] {
  const scanner = new Scanner(sql, rules)
  const words: string[] = []
  while (scanner.next()) {
    if (skipped.has(scanner.kind)) continue
    if (scanner.kind !== 'word') break
    words.push(sql.slice(scanner.start, scanner.end).toUpperCase())
  }
  return words
}

/** The first tokens without comments: bare words in upper case, quoted names as `"`, strings as `'`, the rest as written. */
export function leadingTokens(sql: string, rules: LexerRules, limit: number): string[] {
  const scanner = new Scanner(sql, rules)
  const tokens: string[] = []
  while (tokens.length < limit && scanner.next()) {
    if (skipped.has(scanner.kind)) continue
    if (scanner.kind === 'identifier') tokens.push('"')
    else if (scanner.kind === 'string' || scanner.kind === 'dollar') tokens.push("'")
    else tokens.push(sql.slice(scanner.start, scanner.end).toUpperCase())
  }
  return tokens
}
