import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection, DescribedFailure, LockReport } from '../contract/dialect.ts'
import { coreErrors } from '../errors/errors.ts'
import { describeHolder } from '../run/describe-holder.ts'

/** How long a session that was ended may take to roll back before it is told, in ms. */
const ENDING_MS = 10_000

export interface LockBreaker {
  /** Moves the fence on if it is still at the report's token, and removes the lease; false where it is not. Inside the transaction. */
  fenceOut(): Promise<boolean>
  /** Whether the report's session holds the mutex. */
  isHeld(): Promise<boolean>
  /** Ends that session. */
  endSession(): Promise<unknown>
  /** Who has the lock now. */
  look(): Promise<LockReport | undefined>
  readonly describeFailure: (error: unknown) => DescribedFailure
}

/**
 * Fences the holder out, removes its lease and records it in one transaction; ends its session where that holds the mutex. Inside a
 * transaction the holder has the row of the fence: then its session is ended first. Rejects with YAMA_LOCK_CHANGED, and with
 * YAMA_LOCK_WRITING where no session can be ended.
 */
export async function breakSessionLock(
  connection: Connection,
  { key }: LockReport,
  breaker: LockBreaker,
  record: () => Promise<void>,
): Promise<void> {
  const work = (): Promise<void> =>
    connection.transaction(async () => {
      if (!(await breaker.fenceOut())) throw coreErrors.YAMA_LOCK_CHANGED({ key, holder: describeHolder((await breaker.look())?.holder) })
      await record()
    })
  const end = async (): Promise<void> => {
    if (!(await breaker.isHeld())) return
    await breaker.endSession()
    const until = performance.now() + ENDING_MS
    while (performance.now() < until && (await breaker.isHeld())) await sleep(50)
  }
  /** Behind a pooler there is no session to end, and a long rollback holds the row too. */
  const refuseWriting = async (error: unknown): Promise<never> => {
    if (breaker.describeFailure(error).kind !== 'lock-timeout') throw error
    throw coreErrors.YAMA_LOCK_WRITING({ key, holder: describeHolder((await breaker.look())?.holder) }, { cause: error })
  }
  try {
    await work()
  } catch (error) {
    if (breaker.describeFailure(error).kind !== 'lock-timeout') throw error
    await end()
    await work().catch(refuseWriting)
  }
  await end()
}
