import type { Command } from '@yama/core'
import { batchText, SEPARATOR, type BatchText } from './batch-text.ts'

/** Several transactions as one text. */
export interface BatchesText {
  readonly text: string
  /** Which transaction a statement belongs to, by the number of those that were finished before it, and how far into it that is. */
  at(completed: number): { readonly index: number; readonly completed: number }
  /** Which transaction an offset of the text lies in, and where in it. */
  locate(offset: number): { readonly index: number; readonly offset: number }
  readonly batches: readonly BatchText[]
  /** The number of the statement that ends each transaction. */
  readonly ends: readonly number[]
}

/**
 * The log is written in the order of the commits, so that the last one, which waits for the disk, has brought all before it
 * there (manual, 30.4 Asynchronous Commit). A server that falls in between forgets a migration together with its history.
 */
const WITHOUT_WAITING = 'SET LOCAL synchronous_commit = off'

/** Joins transactions, each with its own `opening` and COMMIT; only the last waits until it is on the disk. */
export function batchesText(transactions: readonly (readonly Command[])[], opening: readonly string[]): BatchesText {
  const last = transactions.length - 1
  const batches = transactions.map((commands, index) =>
    batchText(commands, index === last ? opening : [...opening, WITHOUT_WAITING], ['COMMIT']),
  )
  const sizes = batches.map((batch) => batch.opening + batch.commands.length + 1)
  const before = (lengths: readonly number[], value: number): { readonly index: number; readonly rest: number } => {
    let rest = value
    let index = 0
    while (index < lengths.length && rest >= lengths[index]!) rest -= lengths[index++]!
    return { index, rest }
  }
  let end = -1
  const lengths = batches.map(({ text }) => text.length + SEPARATOR.length)
  return {
    text: batches.map(({ text }) => text).join(SEPARATOR),
    at: (completed) => {
      const { index, rest } = before(sizes, completed)
      return { index, completed: rest }
    },
    locate: (offset) => {
      const { index, rest } = before(lengths, offset)
      return { index, offset: rest }
    },
    batches,
    ends: sizes.map((size) => (end += size)),
  }
}
