import type { Connection, DescribedFailure, Lock, TakenOver } from '../contract/dialect.ts'
import { beforeClose } from './before-close.ts'
import type { Heartbeat } from './start-heartbeat.ts'

export interface HeldLock {
  readonly key: string
  readonly token: number
  readonly takenOver: TakenOver | undefined
  readonly heartbeat: Heartbeat | undefined
  /** Removes the lease. The tables may be gone: `reset` removes them under the lock. */
  removeLease(): Promise<unknown>
  /** Gives back what the session holds. */
  unlock(): Promise<unknown>
  /** Whether the fence is still at the token and the session still holds the mutex. */
  isHeld(): Promise<boolean>
  readonly describeFailure: (error: unknown) => DescribedFailure
  /** Of the error by which a connection refuses that was disposed of. */
  readonly closedCode: string
}

/** A lock that a session of a server holds: released once, also where the session ends first, and not held where that is gone. */
export function holdLock(connection: Connection, held: HeldLock): Lock {
  const { key, token, takenOver, heartbeat, describeFailure } = held
  const isGone = (error: unknown): boolean => {
    const { kind, code } = describeFailure(error)
    return kind === 'disconnected' || code === held.closedCode
  }
  let released: Promise<void> | undefined
  const release = async (): Promise<void> => {
    stopWatching()
    await heartbeat?.stop()
    try {
      await held.removeLease().catch((error: unknown) => {
        if (describeFailure(error).kind !== 'missing') throw error
      })
      await held.unlock()
    } catch (error) {
      // The lock went with its session.
      if (!isGone(error)) throw error
    }
  }
  const stopWatching = beforeClose(connection, () => (released ??= release()))
  return {
    key,
    token,
    ...(takenOver === undefined ? {} : { takenOver }),
    note: (migration) => heartbeat?.note(migration),
    isHeld: async () => {
      if (released !== undefined) return false
      try {
        return await held.isHeld()
      } catch (error) {
        if (isGone(error) || describeFailure(error).kind === 'missing') return false
        throw error
      }
    },
    [Symbol.asyncDispose]: () => (released ??= release()),
  }
}
