import { lexerRules, tokenize, type Token } from '@yama/sql'

const SILENT: ReadonlySet<string> = new Set(['space', 'comment', 'directive', 'hint'])

/** The tokens that mean something, in order. */
export function significant(sql: string): readonly Token[] {
  return tokenize(sql, lexerRules.sqlite).filter((token) => !SILENT.has(token.kind))
}

/** The bare word in upper case, `''` for everything else; a quoted name is never a keyword. */
export const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '')

/** A name as meant: without its quotes. SQLite takes `"x"`, `` `x` ``, `[x]` and, where a name must stand, even `'x'`. */
export function nameOf(token: Token): string {
  const { text } = token
  const quote = text[0]
  if (token.kind === 'identifier' || token.kind === 'string') {
    if (quote === '[') return text.slice(1, -1)
    if (quote === '"' || quote === '`' || quote === "'") return text.slice(1, -1).replaceAll(quote + quote, quote)
  }
  return text
}

/** Index behind the bracket that closes the one at `open`. */
export function closing(tokens: readonly Token[], open: number): number {
  let depth = 0
  for (let at = open; at < tokens.length; at++) {
    const kind = tokens[at]?.kind
    if (kind === 'open') depth++
    else if (kind === 'close' && --depth === 0) return at + 1
  }
  return tokens.length
}

/** The runs between commas of the outermost level. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const runs: (readonly Token[])[] = []
  let depth = 0
  let from = 0
  tokens.forEach((token, at) => {
    if (token.kind === 'open') depth++
    else if (token.kind === 'close') depth--
    else if (depth === 0 && token.text === ',') {
      runs.push(tokens.slice(from, at))
      from = at + 1
    }
  })
  if (from < tokens.length) runs.push(tokens.slice(from))
  return runs
}
