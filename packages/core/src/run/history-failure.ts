import type { Dialect } from '../contract/dialect.ts'
import { isBatchFailure } from '../errors/batch-failure.ts'
import { coreErrors } from '../errors/errors.ts'
import { YamaError } from '../errors/yama-error.ts'

/** What a batch of history writes failed with, for people; its first command is the fence. */
export function historyFailure(dialect: Dialect, error: unknown, id: string): YamaError {
  if (YamaError.is(error)) return error
  const cause = isBatchFailure(error) ? error.cause : error
  const { kind, message } = dialect.describeFailure(cause)
  if (isBatchFailure(error) && error.index === 0 && kind !== 'disconnected') {
    return coreErrors.YAMA_LOCK_LOST({ id, effects: 'Nothing was recorded.' }, { cause })
  }
  return coreErrors.YAMA_HISTORY_WRITE({ id, reason: message, effects: 'Nothing was recorded.' }, { cause })
}
