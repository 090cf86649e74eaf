import type { LexerRules } from '../../lexer/lexer-rules.ts'
import { tokenize } from '../../lexer/tokenize.ts'
import type { ObjectName } from '../effect-builder.ts'

/** A token that means something. */
export interface Word {
  /** Bare words in upper case, names without their quotes, the rest as written. */
  readonly text: string
  /** In lower case: what it names. */
  readonly name: string
  readonly kind: 'word' | 'name' | 'string' | 'other'
  /** Depth of parentheses; a parenthesis has the depth outside of it. */
  readonly depth: number
}

const SKIPPED = new Set(['space', 'comment', 'directive', 'hint'])

/** A statement without white space and comments. What MySQL runs in a conditional comment is part of it. */
export function wordsOf(sql: string, rules: LexerRules, from = 0): readonly Word[] {
  const words: Word[] = []
  let depth = from
  for (const { kind, text } of tokenize(sql, rules)) {
    if (SKIPPED.has(kind)) continue
    if (kind === 'conditional') {
      words.push(...wordsOf(text.replace(/^\/\*M?!\d*/, ' ').replace(/\*\/$/, ' '), rules, depth))
      continue
    }
    if (kind === 'close') depth--
    if (kind === 'word') words.push({ text: text.toUpperCase(), name: text.toLowerCase(), kind, depth })
    else if (kind === 'identifier') words.push({ text: unquoted(text), name: unquoted(text).toLowerCase(), kind: 'name', depth })
    else words.push({ text, name: unquoted(text).toLowerCase(), kind: kind === 'string' ? 'string' : 'other', depth })
    if (kind === 'open') depth++
  }
  return words
}

function unquoted(text: string): string {
  const [quote = ''] = text
  const end = quote === '[' ? ']' : quote
  if (!['"', '`', "'", '['].includes(quote) || !text.endsWith(end)) return text
  return text.slice(1, -1).replaceAll(end + end, end)
}

const names = (word: Word | undefined): boolean => word?.kind === 'word' || word?.kind === 'name' || word?.kind === 'string'

const closes = (word: Word | undefined, depth: number): boolean => word?.text === ')' && word.depth === depth

/** Goes through the words of a statement. */
export class WordCursor {
  at = 0
  readonly words: readonly Word[]

  constructor(words: readonly Word[]) {
    this.words = words
  }

  get word(): Word | undefined {
    return this.words[this.at]
  }

  /** Whether these bare words stand here. */
  is(...texts: readonly string[]): boolean {
    return texts.every((text, index) => this.words[this.at + index]?.text === text && this.words[this.at + index]?.kind !== 'name')
  }

  /** Goes behind these words, if they stand here. */
  take(...texts: readonly string[]): boolean {
    if (!this.is(...texts)) return false
    this.at += texts.length
    return true
  }

  /** Goes behind one of the phrases, and says which. */
  takeOne(phrases: readonly string[]): string | undefined {
    return phrases.find((phrase) => this.take(...phrase.split(' ')))
  }

  /** A possibly qualified name. */
  objectName(): ObjectName | undefined {
    const first = this.word
    if (!names(first)) return undefined
    this.at++
    if (this.word?.text !== '.') return { schema: '', name: first?.name ?? '' }
    this.at++
    const second = this.word
    this.at++
    return { schema: first?.name ?? '', name: second?.name ?? '' }
  }

  /** A column, an index: one word. */
  simpleName(): string | undefined {
    if (!names(this.word)) return undefined
    return this.words[this.at++]?.name
  }

  /** The words between the parenthesis here and its end; goes behind it. */
  group(): readonly Word[] {
    if (this.word?.text !== '(') return []
    const { depth } = this.word
    const start = ++this.at
    while (!this.done && !closes(this.words[this.at], depth)) this.at++
    const inside = this.words.slice(start, this.at)
    this.at++
    return inside
  }

  rest(): readonly Word[] {
    return this.words.slice(this.at)
  }

  get done(): boolean {
    return this.at >= this.words.length
  }
}

/** The runs between commas of the outermost level. */
export function splitAtCommas(words: readonly Word[]): readonly (readonly Word[])[] {
  const depth = Math.min(...words.map((word) => word.depth))
  const runs: Word[][] = [[]]
  for (const word of words) {
    if (word.text === ',' && word.depth === depth) runs.push([])
    else runs.at(-1)?.push(word)
  }
  return runs.filter((run) => run.length > 0)
}
