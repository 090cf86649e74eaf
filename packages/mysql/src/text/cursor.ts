import type { Token } from '@yama/sql'
import { closing, nameOf, wordOf } from './tokens.ts'

/** Reads over the tokens of a statement that the server printed. */
export interface Cursor {
  readonly sql: string
  readonly tokens: readonly Token[]
  at: number
}

export const peek = (cursor: Cursor): Token | undefined => cursor.tokens[cursor.at]
export const ended = (cursor: Cursor): boolean => cursor.at >= cursor.tokens.length

/** True where the words come next, which are then behind the cursor. */
export function take(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, offset) => wordOf(cursor.tokens[cursor.at + offset]) === word)) return false
  cursor.at += words.length
  return true
}

/** True where this operator comes next, which is then behind the cursor. */
export function takeSign(cursor: Cursor, sign: string): boolean {
  if (peek(cursor)?.text !== sign) return false
  cursor.at++
  return true
}

export function next(cursor: Cursor): Token | undefined {
  return cursor.tokens[cursor.at++]
}

export const takeName = (cursor: Cursor): string => nameOf(next(cursor))

/** The tokens of the bracket that comes next, without it. */
export function bracket(cursor: Cursor): readonly Token[] {
  if (peek(cursor)?.kind !== 'open') return []
  const end = closing(cursor.tokens, cursor.at)
  const inside = cursor.tokens.slice(cursor.at + 1, end - 1)
  cursor.at = end
  return inside
}

/** What is left, as text; the cursor is then at the end. */
export function rest(cursor: Cursor): string {
  const [first, last] = [peek(cursor), cursor.tokens.at(-1)]
  cursor.at = cursor.tokens.length
  return first === undefined || last === undefined ? '' : cursor.sql.slice(first.start, last.end)
}
