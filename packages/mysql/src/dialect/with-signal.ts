import type { Wire } from './drivers/wire.ts'

/**
 * Runs one exchange and has the server cancel it when the signal comes; does not start it when it came already. Returns
 * only when the cancel was answered, for one that came late would stop the next statement.
 */
export async function withSignal<T>(wire: Wire, signal: AbortSignal | undefined, exchange: () => Promise<T>): Promise<T> {
  if (signal === undefined) return await exchange()
  signal.throwIfAborted()
  let cancelling: Promise<void> | undefined
  const cancel = (): void => {
    cancelling = wire.cancel()
  }
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await exchange()
  } finally {
    signal.removeEventListener('abort', cancel)
    await cancelling
  }
}
