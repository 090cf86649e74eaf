export interface FieldToken {
  /** `word`: letters, digits, `_`, `.`, `-`, `:`; `group`: a balanced parenthesis with its content; `text`: quoted; `json`: `{…}` or `[…]`. */
  readonly kind: 'word' | 'group' | 'text' | 'json' | 'mark'
  readonly text: string
  readonly offset: number
  /** True where no space stands before it. */
  readonly glued: boolean
}

export interface FieldSyntax {
  readonly problem: string
  readonly fix: string
  readonly offset: number
}

const closing: Readonly<Record<string, string>> = { '(': ')', '{': '}', '[': ']' }

/** End of a bracket that opens at `from`, or -1. Quotes inside hide brackets. */
function matching(source: string, from: number): number {
  const stack: string[] = []
  for (let at = from; at < source.length; at++) {
    const letter = source[at] ?? ''
    if (letter === "'" || letter === '"') {
      const end = closingQuote(source, at)
      if (end < 0) return -1
      at = end
      continue
    }
    const close = closing[letter]
    if (close !== undefined) stack.push(close)
    else if (letter === ')' || letter === '}' || letter === ']') {
      if (stack.pop() !== letter) return -1
      if (stack.length === 0) return at
    }
  }
  return -1
}

/** A doubled quote stands for one. */
function closingQuote(source: string, from: number): number {
  const quote = source[from]
  for (let at = from + 1; at < source.length; at++) {
    if (source[at] !== quote) continue
    if (source[at + 1] === quote) at++
    else return at
  }
  return -1
}

export function tokenizeField(source: string): { readonly tokens: readonly FieldToken[] } | { readonly syntax: FieldSyntax } {
  const tokens: FieldToken[] = []
  let at = 0
  const glued = (): boolean => at > 0 && !/\s/.test(source[at - 1] ?? ' ')
  while (at < source.length) {
    const letter = source[at] ?? ''
    if (/\s/.test(letter)) {
      at++
      continue
    }
    if (letter === "'" || letter === '"') {
      const end = closingQuote(source, at)
      if (end < 0) return { syntax: { problem: `the quote ${letter} is not closed`, fix: `Close it with ${letter}.`, offset: at } }
      tokens.push({ kind: 'text', text: source.slice(at + 1, end).replaceAll(letter + letter, letter), offset: at, glued: glued() })
      at = end + 1
      continue
    }
    if (letter === '(' || letter === '{' || letter === '[') {
      const end = matching(source, at)
      if (end < 0) return { syntax: { problem: `\`${letter}\` is not closed`, fix: `Close it with \`${closing[letter]}\`.`, offset: at } }
      tokens.push({ kind: letter === '(' ? 'group' : 'json', text: source.slice(at, end + 1), offset: at, glued: glued() })
      at = end + 1
      continue
    }
    const word = /^[\p{L}\p{N}_.:+\-/@$%]+/u.exec(source.slice(at))?.[0]
    if (word !== undefined) {
      tokens.push({ kind: 'word', text: word, offset: at, glued: glued() })
      at += word.length
      continue
    }
    if (letter === '!' || letter === '?' || letter === '=' || letter === ',') {
      tokens.push({ kind: 'mark', text: letter, offset: at, glued: glued() })
      at++
      continue
    }
    return { syntax: { problem: `\`${letter}\` has no meaning here`, fix: 'Remove it, or put the value in quotes.', offset: at } }
  }
  return { tokens }
}
