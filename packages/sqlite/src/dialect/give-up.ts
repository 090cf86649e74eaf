import { sqliteErrors } from '../errors/errors.ts'
import { whileBusy } from './busy.ts'
import { describeFailure } from './failures.ts'

/** Tries again while another process has the file locked. Rejects with YAMA_SQLITE_BUSY when `waitMs` are over. */
export async function giveUpLate<T>(file: string, waitMs: number, work: () => T, signal?: AbortSignal): Promise<T> {
  const started = performance.now()
  try {
    return await whileBusy(waitMs, work, signal)
  } catch (cause) {
    if (describeFailure(cause).kind !== 'lock-timeout') throw cause
    const waited = `${((performance.now() - started) / 1000).toFixed(1)} s`
    throw sqliteErrors.YAMA_SQLITE_BUSY({ file, waited }, { cause })
  }
}
