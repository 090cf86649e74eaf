import { batchFailure } from '@yama/core'
import { serverFailure, type ServerFailure } from '../../errors/server-failure.ts'
import type { BatchText } from './batch-text.ts'

/**
 * Which command a failure belongs to. The server stops at the first error, so the statements that were completed say how
 * far it came; a syntax error anywhere is found before anything runs, and only its position says where it is: `offset`, in
 * the text of this batch.
 */
export function locatedFailure(batch: BatchText, count: number, completed: number, failure: ServerFailure, offset?: number): Error {
  const place = offset === undefined ? undefined : batch.locate(offset)
  // What fails at COMMIT, a deferred constraint, is no command's: it counts as the one after the last.
  const index = place?.index ?? batch.commands[Math.max(0, completed - batch.opening)] ?? count
  const { message, code, severity, detail, hint, schema, table, constraint, cause } = failure
  return batchFailure(
    index,
    serverFailure(message, { code, severity, detail, hint, schema, table, constraint, offset: place?.offset }, cause),
  )
}
