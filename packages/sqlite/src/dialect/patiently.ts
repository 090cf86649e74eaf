import { setTimeout as sleep } from 'node:timers/promises'
import type { Connection } from '@yama/core'
import { sqliteErrors } from '../errors/errors.ts'
import { describeFailure } from './failures.ts'

/** As long as a run waits for the lock by default: what keeps the file busy is mostly another run. */
export const PATIENCE_MS = 60_000

/** Does work that may be done again, until the file is not busy. Rejects with YAMA_CONNECT_SQLITE_BUSY when that takes too long. */
export async function patiently<T>({ server }: Connection, waitMs: number, work: () => Promise<T>): Promise<T> {
  for (const end = performance.now() + waitMs; ;) {
    try {
      return await work()
    } catch (error) {
      if (describeFailure(error).kind !== 'lock-timeout') throw error
      if (performance.now() > end) throw sqliteErrors.YAMA_CONNECT_SQLITE_BUSY({ file: server.database }, { cause: error })
      await sleep(50 + Math.random() * 100)
    }
  }
}
