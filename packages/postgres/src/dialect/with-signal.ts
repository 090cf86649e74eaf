import type { Wire } from './drivers/wire.ts'

/** Runs one exchange and has the server cancel it when the signal comes; does not start it when it came already. */
export async function withSignal<T>(wire: Wire, signal: AbortSignal | undefined, exchange: () => Promise<T>): Promise<T> {
  if (signal === undefined) return await exchange()
  signal.throwIfAborted()
  const cancel = (): void => void wire.cancel()
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await exchange()
  } finally {
    signal.removeEventListener('abort', cancel)
  }
}
