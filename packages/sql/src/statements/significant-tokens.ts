import type { LexerRules } from '../lexer/lexer-rules.ts'
import { tokenize } from '../lexer/tokenize.ts'

/** One token of a statement. */
export interface Word {
  /** Upper case for bare words; everything else as written. */
  readonly text: string
  readonly raw: string
  readonly kind: 'word' | 'name' | 'other'
  /** Depth of parentheses. */
  readonly depth: number
}

const SKIPPED = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/**
 * A statement without white space and comments; a conditional comment, whose content is run, is opened.
 *
 * @example significantTokens('DROP TABLE a -- gone', lexerRules.postgres).map(({ text }) => text) // ['DROP', 'TABLE', 'A']
 */
export function significantTokens(sql: string, rules: LexerRules): readonly Word[] {
  const words: Word[] = []
  let depth = 0
  for (const { kind, text } of tokenize(sql, rules)) {
    if (SKIPPED.has(kind)) continue
    if (kind === 'conditional') {
      words.push(...significantTokens(conditionalContent(text), rules).map((word) => ({ ...word, depth: word.depth + depth })))
      continue
    }
    if (kind === 'close') depth--
    words.push({
      text: kind === 'word' ? text.toUpperCase() : text,
      raw: text,
      kind: kind === 'word' ? 'word' : kind === 'identifier' ? 'name' : 'other',
      depth,
    })
    if (kind === 'open') depth++
  }
  return words
}

/** What stands in a conditional comment, after the version. */
export function conditionalContent(text: string): string {
  return text.replace(/^\/\*M?!\d*/, ' ').replace(/\*\/$/, ' ')
}

/** The possibly qualified name that starts at `from`, and where it ends. */
export function nameAt(words: readonly Word[], from: number): { readonly name: string | undefined; readonly end: number } {
  let end = from
  let name = ''
  while (words[end]?.kind === 'word' || words[end]?.kind === 'name') {
    name += words[end]?.raw ?? ''
    end++
    if (words[end]?.text !== '.') break
    name += '.'
    end++
  }
  return { name: name === '' ? undefined : name, end }
}

/** Where the pattern's words stand next to each other from `from`; the index after them, or undefined. */
export function follows(words: readonly Word[], from: number, pattern: readonly string[]): number | undefined {
  return pattern.every((word, i) => words[from + i]?.text === word) ? from + pattern.length : undefined
}
