import type { BatchesResult, Command, QueryResult } from '@yama/core'
import { postgresErrors } from '../../errors/errors.ts'
import type { Wire } from '../drivers/wire.ts'
import { toQueryResult } from '../values/query-result.ts'
import { batchesText, type BatchesText } from './batches-text.ts'
import { locatedFailure } from './located-failure.ts'
import { isUnreadable } from './unreadable-text.ts'

/**
 * Several transactions as one message of the simple protocol. The server runs its statements in order and drops the rest at
 * the first error (protocol manual, 55.2.2.1), so what was committed is the transactions before it. The whole text is parsed
 * before anything runs: a syntax error in a later transaction keeps the earlier ones from running too.
 */
export async function runBatches(
  wire: Wire,
  transactions: readonly (readonly Command[])[],
  opening: readonly string[],
  exchange: (text: string) => ReturnType<Wire['simple']>,
): Promise<BatchesResult> {
  const joined = batchesText(transactions, opening)
  const { results, failure } = await exchange(joined.text)
  if (failure === undefined) {
    const undone = joined.ends.findIndex((end) => results[end]?.tag === 'ROLLBACK')
    const committed = undone === -1 ? transactions.length : undone
    const answers = answersOf(joined, transactions, results, committed)
    return { committed, results: answers, ...(undone === -1 ? {} : { failure: postgresErrors.YAMA_POSTGRES_COMMIT_ROLLED_BACK({}) }) }
  }
  if (isUnreadable(failure, results)) return { committed: 0, failure, unread: true }
  const { index, completed } = joined.at(results.length)
  const place = failure.offset === undefined ? undefined : joined.locate(failure.offset)
  if (results.length === 0 && place !== undefined && place.index > 0) return { committed: 0, failure, unread: true }
  if (results.length > 0) await wire.simple('ROLLBACK')
  const batch = joined.batches[index]
  const answers = answersOf(joined, transactions, results, index)
  if (batch === undefined) return { committed: index, results: answers, failure }
  const offset = place?.index === index ? place.offset : undefined
  return {
    committed: index,
    results: answers,
    failure: locatedFailure(batch, transactions[index]?.length ?? 0, completed, failure, offset),
  }
}

const NOTHING: QueryResult = Object.freeze({ rows: [], affected: 0 })

/** The answers of the first transactions, command by command; one that is only a comment has none. */
function answersOf(
  { batches, ends }: BatchesText,
  transactions: readonly (readonly Command[])[],
  results: Awaited<ReturnType<Wire['simple']>>['results'],
  committed: number,
): readonly (readonly QueryResult[])[] {
  return transactions.slice(0, committed).map((commands, index) => {
    const batch = batches[index]
    const first = (ends[index - 1] ?? -1) + 1 + (batch?.opening ?? 0)
    const answers = new Map(batch?.commands.map((command, position) => [command, results[first + position]]))
    return commands.map((_, command) => {
      const answer = answers.get(command)
      return answer === undefined ? NOTHING : toQueryResult(answer)
    })
  })
}
