import { lexerRules, tokenize, type Token } from '@yama/sql'

const SILENT: ReadonlySet<string> = new Set(['space', 'comment', 'directive', 'hint', 'conditional'])

/** A text with those comments opened whose content the server runs. */
export function unfold(sql: string): string {
  if (!sql.includes('/*')) return sql
  return tokenize(sql, lexerRules.mysql)
    .map(({ kind, text }) => (kind === 'conditional' ? text.replace(/^\/\*M?!\d*/, ' ').replace(/\*\/$/, ' ') : text))
    .join('')
}

/** The tokens that mean something, in order. */
export function significant(sql: string): readonly Token[] {
  return tokenize(sql, lexerRules.mysql).filter((token) => !SILENT.has(token.kind))
}

/** The bare word in upper case, `''` for everything else; a quoted name is never a keyword. */
export const wordOf = (token: Token | undefined): string => (token?.kind === 'word' ? token.text.toUpperCase() : '')

/** A name as meant: without its backticks. */
export function nameOf(token: Token | undefined): string {
  if (token === undefined) return ''
  return token.text.startsWith('`') ? token.text.slice(1, -1).replaceAll('``', '`') : token.text
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', 0: '\0', Z: '\u001A' }

/** What a string literal of the server's print stands for. */
export function stringOf(token: Token | undefined): string {
  if (token?.kind !== 'string') return ''
  return token.text.slice(1, -1).replaceAll(/''|\\(.)/gs, (all, escaped: string | undefined) => {
    if (escaped === undefined) return "'"
    return ESCAPES[escaped] ?? (all.length === 2 ? escaped : all)
  })
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

/** The tokens as they stand in the text, without a bracket around all of them. */
export function sliceOf(sql: string, tokens: readonly Token[]): string {
  const [first, last] = [tokens[0], tokens.at(-1)]
  if (first === undefined || last === undefined) return ''
  if (first.kind === 'open' && tokens.length > 2 && closing(tokens, 0) === tokens.length) return sliceOf(sql, tokens.slice(1, -1))
  return sql.slice(first.start, last.end)
}
