import { batchFailure } from '@yama/core'
import { serverFailure, type ServerFailure } from '../../errors/server-failure.ts'
import { FENCE_LOST, isLostFence } from '../history/fence.ts'
import type { BatchText } from './batch-text.ts'
import { locateNear } from './locate-near.ts'

/** With its code, and where in the statement it is; `following` is what the server read after the statement. */
export const located = (failure: ServerFailure, statement: string, following = ''): ServerFailure => {
  const { message, errno, sqlState, cause } = failure
  const code = isLostFence(errno, statement) ? FENCE_LOST : failure.code
  return serverFailure(message, { errno, code, sqlState, offset: locateNear(message, statement, following) }, cause)
}

/** Which command a failure belongs to: the server stops at the first one, so the answers before it count the way. */
export function batchFailureOf(batch: BatchText, count: number, completed: number, failure: ServerFailure): Error {
  const position = completed - batch.opening
  const text = batch.statements[position]
  if (text === undefined) return batchFailure(position < 0 ? 0 : count, failure)
  const start = batch.text.indexOf(
    text,
    batch.statements.slice(0, position).reduce((sum, part) => sum + part.length, 0),
  )
  const following = batch.text.slice(start + text.length, start + text.length + 200)
  return batchFailure(batch.commands[position] ?? count, located(failure, text, following))
}
