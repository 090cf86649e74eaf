import type { BatchesResult, Command, QueryResult } from '@yama/core'
import type { Wire } from '../drivers/wire.ts'
import { toQueryResult } from '../values/query-result.ts'
import { FENCE_LOST } from '../history/fence.ts'
import { BATCH_END, BATCH_OPENING, batchText, SEPARATOR, type BatchText } from './batch-text.ts'
import { batchFailureOf } from './located-failure.ts'
import { commitsByItself } from './statement-kind.ts'

const NOTHING: QueryResult = Object.freeze({ rows: [], affected: 0 })
/** Nothing was sent: each transaction has to go alone. */
const UNREAD: BatchesResult = Object.freeze({ committed: 0, unread: true })
const MARK = ['SAVEPOINT yama_batch'] as const

/** The row of the fence stays locked until the end of the transaction, so that asking once is enough. */
const KEPT: Command = { sql: '-- the fence is held' }
const isKept = ({ sql }: Command, first: readonly Command[] | undefined): boolean => sql.includes(FENCE_LOST) && sql === first?.[0]?.sql

/**
 * Several transactions as one text, each a savepoint of one, so that the server waits for its disk once for all of them. It runs the
 * statements one after the other and stops at the first that fails; what was before its savepoint is committed then. Texts that
 * may not stand beside others are not sent at all, and where the server has undone everything (a deadlock), nothing of any was run.
 */
export async function runBatches(
  wire: Wire,
  transactions: readonly (readonly Command[])[],
  limit: number,
  exchange: (text: string) => ReturnType<Wire['query']>,
): Promise<BatchesResult> {
  const batches: BatchText[] = []
  for (const [index, commands] of transactions.entries()) {
    const opening = index === 0 ? [...BATCH_OPENING, ...MARK] : []
    const end = index === transactions.length - 1 ? BATCH_END : MARK
    const sent = index === 0 ? commands : commands.map((command) => (isKept(command, transactions[0]) ? KEPT : command))
    const batch = sent.some(({ sql }) => commitsByItself(sql)) ? undefined : batchText(sent, opening, end, limit)
    if (batch === undefined) return UNREAD
    batches.push(batch)
  }
  const text = batches.map((batch) => batch.text).join(SEPARATOR)
  if (text.length * 3 > limit) return UNREAD
  const { results, failure } = await exchange(text)
  let rest = results
  const answers: (readonly QueryResult[])[] = []
  for (const [index, batch] of batches.entries()) {
    if (rest.length < batch.size) break
    answers.push(answersOf(batch, transactions[index]?.length ?? 0, rest))
    rest = rest.slice(batch.size)
  }
  if (failure === undefined) return { committed: batches.length, results: answers }
  const kept = answers.length === 0 ? undefined : await wire.query(['ROLLBACK TO SAVEPOINT yama_batch', ...BATCH_END].join(SEPARATOR))
  if (kept === undefined || kept.failure !== undefined) await wire.query('ROLLBACK')
  if (kept?.failure !== undefined) return { ...UNREAD, failure }
  const committed = answers.length
  const batch = batches[committed]
  const count = transactions[committed]?.length ?? 0
  return { committed, results: answers, failure: batch === undefined ? failure : batchFailureOf(batch, count, rest.length, failure) }
}

/** Command by command; one that is only a comment has no answer. */
function answersOf(batch: BatchText, count: number, results: Awaited<ReturnType<Wire['query']>>['results']): readonly QueryResult[] {
  const answers = new Map(batch.commands.map((command, position) => [command, results[batch.opening + position]]))
  return Array.from({ length: count }, (_, command) => {
    const answer = answers.get(command)
    return answer === undefined ? NOTHING : toQueryResult(answer)
  })
}
