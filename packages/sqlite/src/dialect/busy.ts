import { setTimeout as sleep } from 'node:timers/promises'
import { describeFailure } from './failures.ts'

/** How long the driver itself blocks the process for a lock; the rest of the waiting lets other work of the process go on. */
export const DRIVER_BUSY_MS = 5

/** Tries again while another process has the file locked, until `waitMs` are over; the last failure is the work's own. */
export async function whileBusy<T>(waitMs: number, work: () => T, signal?: AbortSignal): Promise<T> {
  let pause = 1
  for (const start = performance.now(); ;) {
    try {
      return work()
    } catch (error) {
      const left = waitMs - (performance.now() - start)
      if (left <= 0 || describeFailure(error).kind !== 'lock-timeout') throw error
      // Jitter, so that several waiting processes do not knock together.
      await sleep(Math.min(pause * (0.5 + Math.random()), left), undefined, signal === undefined ? {} : { signal })
      pause = Math.min(pause * 2, 50)
    }
  }
}
