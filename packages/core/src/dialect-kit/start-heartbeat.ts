import type { Connection } from '../contract/dialect.ts'
import { HEARTBEAT_MS } from './judge-lease.ts'

/** How often is looked whether a heartbeat is due, in ms; a run that is over sooner needs none. */
const TICK_MS = 2500

export interface Heartbeat {
  /** What is being done; written soon, with a heartbeat. */
  note(migration: string): void
  /** Ends it, and the connection that it had. */
  stop(): Promise<void>
}

/** When the next heartbeat is due: ten seconds after the last one, sooner where there is something new to say. */
export function dueBeats(): { note(migration: string): void; due(): { readonly migration: string | undefined } | undefined } {
  let noted: string | undefined
  let told: string | undefined
  let last = performance.now()
  return {
    note: (migration) => {
      noted = migration
    },
    due: () => {
      if (noted === told && performance.now() - last < HEARTBEAT_MS - TICK_MS / 2) return undefined
      told = noted
      last = performance.now()
      return { migration: noted }
    },
  }
}

/**
 * Renews a lease on a connection of its own, opened when the first heartbeat is due: the one that works may be inside a
 * statement for hours. A heartbeat that fails is made up by the next one; if none comes through, the fence stops the owner.
 */
export function startHeartbeat(
  connect: () => Promise<Connection>,
  beat: (connection: Connection, migration: string | undefined) => Promise<void>,
): Heartbeat {
  const beats = dueBeats()
  let own: Connection | undefined
  let running: Promise<void> | undefined
  const tick = async (): Promise<void> => {
    const due = beats.due()
    if (due === undefined) return
    try {
      own ??= await connect()
      await beat(own, due.migration)
    } catch {
      const broken = own
      own = undefined
      await Promise.resolve(broken?.[Symbol.asyncDispose]()).catch(() => undefined)
    }
  }
  const timer = setInterval(() => {
    running ??= tick().finally(() => {
      running = undefined
    })
  }, TICK_MS)
  timer.unref()
  return {
    note: beats.note,
    stop: async () => {
      clearInterval(timer)
      await running
      await own?.[Symbol.asyncDispose]()
      own = undefined
    },
  }
}
