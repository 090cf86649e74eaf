import { conditionalContent, lexerRules, tokenize } from '@yama/sql'

/** A word or sign of a statement, with its place in the whole text. */
export interface PositionedWord {
  /** Upper case for bare words; everything else as written. */
  readonly upper: string
  /** What it names, where it can be a name. */
  readonly name: string | undefined
  readonly start: number
  readonly end: number
  /** Depth of parentheses. */
  readonly depth: number
  /** The word before the parenthesis that it stands in. */
  readonly within: string
}

const IGNORED = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/** What stands in a conditional comment is run, and is among them. */
export function positionedWords(sql: string): readonly PositionedWord[] {
  const words: PositionedWord[] = []
  const within: string[] = []
  const read = (text: string, offset: number): void => {
    for (const token of tokenize(text, lexerRules.mysql)) {
      if (IGNORED.has(token.kind) && token.text !== ';') continue
      if (token.kind === 'conditional') {
        const content = conditionalContent(token.text)
        read(content, offset + token.start + token.text.length - content.length - 1)
        continue
      }
      if (token.kind === 'close') within.pop()
      words.push({
        upper: token.kind === 'word' ? token.text.toUpperCase() : token.text,
        name: token.kind === 'word' ? token.text : token.kind === 'identifier' ? unquoted(token.text) : undefined,
        start: token.start + offset,
        end: token.end + offset,
        depth: within.length,
        within: within.at(-1) ?? '',
      })
      if (token.kind === 'open') within.push(words.at(-2)?.upper ?? '')
    }
  }
  read(sql, 0)
  return words
}

const unquoted = (text: string): string => {
  const quote = text.slice(0, 1)
  return text.slice(1, -1).replaceAll(quote + quote, quote)
}
