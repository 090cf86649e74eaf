import type { ExpressionToken } from '../../contract/expression.ts'

/** Thrown inside the reader alone, where something is not understood. */
export const UNKNOWN = Symbol('not portable')

export function unknown(): never {
  throw UNKNOWN
}

/** A place in the tokens of an expression. Keywords are words whatever the case of their letters. */
export interface ExpressionCursor {
  peek(ahead?: number): ExpressionToken | undefined
  isWord(word: string, ahead?: number): boolean
  isText(text: string, ahead?: number): boolean
  /** Passes over the words where they stand next, all of them in this order. */
  takeWord(...words: readonly string[]): boolean
  /** Passes over a sign: a bracket, an operator, a comma. */
  takeText(text: string): boolean
  skip(): void
  ended(): boolean
}

export function createCursor(tokens: readonly ExpressionToken[]): ExpressionCursor {
  let at = 0
  const peek = (ahead = 0): ExpressionToken | undefined => tokens[at + ahead]
  const isWord = (word: string, ahead = 0): boolean => {
    const token = peek(ahead)
    return token?.kind === 'word' && token.text.toLowerCase() === word
  }
  const isText = (text: string, ahead = 0): boolean => {
    const token = peek(ahead)
    return token !== undefined && ['operator', 'open', 'close', 'other'].includes(token.kind) && token.text === text
  }
  return {
    peek,
    isWord,
    isText,
    takeWord(...words) {
      if (!words.every((word, ahead) => isWord(word, ahead))) return false
      at += words.length
      return true
    },
    takeText(text) {
      if (!isText(text)) return false
      at++
      return true
    },
    skip: () => void at++,
    ended: () => at >= tokens.length,
  }
}

/** Asks for what has to stand there. */
export function need(taken: boolean): void {
  if (!taken) unknown()
}
