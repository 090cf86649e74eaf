import type { Command } from '@yama/core'
import { lexerRules, tokenize } from '@yama/sql'
import { inlineParameters } from './inline-parameters.ts'

/** Several commands as one text, and which of them an answer belongs to. */
export interface BatchText {
  readonly text: string
  /** Index of the command for each statement that the server will report, `BEGIN` and what else opens it left out. */
  readonly commands: readonly number[]
  /** How many statements come before the first command. */
  readonly opening: number
  /** The command at an offset of the text and the offset in it; undefined in what surrounds the commands. */
  locate(offset: number): { readonly index: number; readonly offset: number | undefined } | undefined
}

/** On a line of its own, so that a comment at a command's end swallows no terminator. */
export const SEPARATOR = '\n;\n'
const IGNORED = new Set(['space', 'comment', 'directive', 'hint', 'terminator'])

/** A statement of comments only has no answer. */
export function isEmptyStatement(sql: string): boolean {
  const start = /\S/.exec(sql)?.[0]
  if (start === undefined) return true
  if (start !== '-' && start !== '/' && start !== ';') return false
  return tokenize(sql, lexerRules.postgres).every((token) => IGNORED.has(token.kind))
}

/** Joins the commands between `opening` and `closing` statements. */
export function batchText(commands: readonly Command[], opening: readonly string[], closing: readonly string[]): BatchText {
  const head = opening.map((sql) => sql + SEPARATOR).join('')
  const pieces: { readonly index: number; readonly start: number; readonly end: number; readonly exact: boolean }[] = []
  const texts: string[] = []
  let at = head.length
  commands.forEach(({ sql, parameters = [] }, index) => {
    if (isEmptyStatement(sql)) return
    const text = inlineParameters(sql, parameters)
    pieces.push({ index, start: at, end: at + text.length, exact: parameters.length === 0 })
    texts.push(text)
    at += text.length + SEPARATOR.length
  })
  return {
    text: head + [...texts, ...closing].join(SEPARATOR),
    commands: pieces.map((piece) => piece.index),
    opening: opening.length,
    locate: (offset) => {
      const piece = pieces.find(({ start, end }) => offset >= start && offset <= end + SEPARATOR.length - 1)
      if (piece === undefined) return undefined
      return { index: piece.index, offset: piece.exact ? Math.min(offset, piece.end) - piece.start : undefined }
    },
  }
}
