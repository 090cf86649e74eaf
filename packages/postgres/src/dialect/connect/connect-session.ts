import { randomUUID } from 'node:crypto'
import type { Wire } from '../drivers/wire.ts'
import { MARK } from '../server-info.ts'

export type Setting = readonly [name: string, value: string]

export interface SessionWire {
  readonly wire: Wire
  /** Whether a transaction pooler is between, by the mark that the session has. */
  readonly pooler: (mark: string) => boolean
}

/** PgBouncer (1.18; with the parameter's name since 1.20), pgcat and RDS Proxy on what they cannot pass on. */
const REFUSED = /unsupported startup parameter|command-line options/i

/**
 * Settings go with the startup message, which costs no round trip. A transaction pooler refuses them or does not pass them on:
 * a mark among them tells. What is said of a pooler in the configuration is believed.
 */
export async function connectSession(
  connect: (settings: readonly Setting[]) => Promise<Wire>,
  said: boolean | undefined,
  settings: readonly Setting[],
): Promise<SessionWire> {
  if (said === true) return { wire: await connect([]), pooler: () => true }
  if (said === false) return { wire: await connect(settings), pooler: () => false }
  const own = randomUUID()
  try {
    return { wire: await connect([...settings, [MARK, own]]), pooler: (mark) => mark !== own }
  } catch (error) {
    if (!(error instanceof Error) || !REFUSED.test(error.message)) throw error
    return { wire: await connect([]), pooler: () => true }
  }
}
