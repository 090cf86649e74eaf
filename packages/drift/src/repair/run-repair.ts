import { isBatchFailure, type Connection, type Dialect } from '@yama/core'
import type { Action } from '@yama/schema'
import { driftErrors } from '../errors/errors.ts'

/**
 * Runs the statements of a repair, together where the server can take them back together. Rejects with YAMA_DRIFT_REPAIR_FAILED, which
 * says how many took effect.
 */
export async function runRepair(actions: readonly Action[], connection: Connection, dialect: Dialect): Promise<void> {
  let done = 0
  let part: Action[] = []
  const flush = async (transaction: boolean): Promise<void> => {
    const run = part
    part = []
    if (run.length === 0) return
    try {
      await connection.batch(
        run.map(({ sql }) => ({ sql })),
        { transaction },
      )
      done += run.length
    } catch (error) {
      const index = isBatchFailure(error) ? error.index : 0
      const kept = done + (transaction && dialect.capabilities.transactionalDdl ? 0 : index)
      const described = dialect.describeFailure(isBatchFailure(error) ? error.cause : error)
      throw driftErrors.YAMA_DRIFT_REPAIR_FAILED(
        { reason: described.message, what: run[index]?.title ?? 'the commit', done: kept, count: actions.length },
        { cause: error, data: { sql: run[index]?.sql } },
      )
    }
  }
  for (const action of actions) {
    if (action.transaction === 'none') await flush(true)
    part.push(action)
    if (action.transaction !== 'any') await flush(action.transaction === 'commit-after')
  }
  await flush(true)
}
