import { setTimeout as sleep } from 'node:timers/promises'
import type { LockHolder, LockOptions } from '../contract/dialect.ts'
import { coreErrors } from '../errors/errors.ts'
import { describeHolder } from '../run/describe-holder.ts'

/** What one look at the lock brought: it is taken, or somebody else has it. */
export type LockAttempt<T> = { readonly taken: T } | { readonly holder: LockHolder | undefined }

const FIRST_PAUSE_MS = 100
const LONGEST_PAUSE_MS = 1000

/**
 * Tries until the lock is taken: with jitter, so that several waiting processes do not knock together, and less often the longer
 * it takes. Nothing ever waits inside the database, where it would hold a snapshot. Rejects with YAMA_LOCK_BUSY.
 */
export async function pollForLock<T>(
  key: string,
  { waitMs, signal, onWait }: LockOptions,
  attempt: () => Promise<LockAttempt<T>>,
): Promise<T> {
  const started = performance.now()
  for (;;) {
    signal?.throwIfAborted()
    const result = await attempt()
    if ('taken' in result) return result.taken
    const { holder } = result
    const waited = Math.round(performance.now() - started)
    if (waited >= waitMs) throw coreErrors.YAMA_LOCK_BUSY({ key, holder: describeHolder(holder), waited }, { data: holder })
    onWait?.(holder, waited)
    const pause = Math.min(FIRST_PAUSE_MS + waited / 20, LONGEST_PAUSE_MS) * (1 + Math.random())
    await sleep(Math.min(pause, Math.max(1, waitMs - waited)), undefined, signal === undefined ? {} : { signal })
  }
}
