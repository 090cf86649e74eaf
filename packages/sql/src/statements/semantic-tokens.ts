import type { LexerRules } from '../lexer/lexer-rules.ts'
import { Scanner } from '../lexer/scanner.ts'
import { readDelimiter } from './read-delimiter.ts'

/**
 * The tokens joined with U+001F, without comments and formatting: equal for two texts which differ only in comments,
 * white space, line ends, byte order mark and empty statements. Kept: letter case, strings and bodies as they are (line
 * ends as `\n`), `yama:` directives, optimiser hints, and MySQL's conditional comments. Never throws on unclosed quotes.
 *
 * @example semanticTokens('select  1 -- one', lexerRules.sqlite) === semanticTokens('select 1;', lexerRules.sqlite)
 */
export function semanticTokens(sql: string, rules: LexerRules): string {
  const scanner = new Scanner(sql, rules)
  const tokens: string[] = []
  let ended = true
  let pending = false
  while (scanner.next()) {
    const { kind } = scanner
    if (kind === 'space' || kind === 'comment') continue
    if (kind === 'terminator') {
      pending = !ended
      continue
    }
    if ((ended || pending) && kind === 'word' && rules.delimiterCommand && readDelimiter(scanner)) continue
    if (pending) tokens.push(';')
    pending = false
    ended = false
    const text = sql.slice(scanner.start, scanner.end)
    const tidy = kind === 'directive' ? text.trimEnd() : text
    tokens.push(tidy.includes('\r') ? tidy.replaceAll(/\r\n?/g, '\n') : tidy)
  }
  return tokens.join('\u001f')
}
