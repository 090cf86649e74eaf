import type { Command } from '@yama/core'
import { inlineParameters } from './inline-parameters.ts'
import { isEmptyStatement, standsBesideOthers } from './statement-kind.ts'

/** Several commands as one text, and which of them an answer belongs to. */
export interface BatchText {
  readonly text: string
  /** Index of the command for each statement between opening and closing. */
  readonly commands: readonly number[]
  /** The text of each of these, without what surrounds it. */
  readonly statements: readonly string[]
  readonly opening: number
  /** How many answers there are when all went well. */
  readonly size: number
}

export const BATCH_OPENING = ['START TRANSACTION'] as const
export const BATCH_END = ['COMMIT'] as const

/** On a line of its own, so that a comment at a command's end swallows no terminator. */
export const SEPARATOR = '\n;\n'

/**
 * Joins the commands between `opening` and `closing` statements; undefined where they cannot go in one text: one of them
 * gives several answers, or changes how the server reads the rest, or the text is longer than `limit` characters.
 */
export function batchText(
  commands: readonly Command[],
  opening: readonly string[],
  closing: readonly string[],
  limit: number,
): BatchText | undefined {
  const indexes: number[] = []
  const statements: string[] = []
  let length = 0
  for (const [index, { sql, parameters = [] }] of commands.entries()) {
    if (isEmptyStatement(sql)) continue
    length += sql.length + SEPARATOR.length
    if (length > limit || !standsBesideOthers(sql)) return undefined
    indexes.push(index)
    statements.push(inlineParameters(sql, parameters))
  }
  const text = [...opening, ...statements, ...closing].join(SEPARATOR)
  // Three bytes for a character at most, in UTF-8 from UTF-16 units.
  const size = opening.length + statements.length + closing.length
  return text.length * 3 > limit ? undefined : { text, commands: indexes, statements, opening: opening.length, size }
}
