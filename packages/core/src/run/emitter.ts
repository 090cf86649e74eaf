import type { HookContext } from '../contract/hooks.ts'
import type { RunEvent } from '../contract/run.ts'
import type { HookBus } from '../hooks/hook-bus.ts'

export type Emit = (event: RunEvent) => Promise<void>

/** Tells observers, and keeps what they failed with. */
export interface Emitter {
  readonly emit: Emit
  readonly failures: readonly string[]
}

export function createEmitter(bus: HookBus, context: HookContext): Emitter {
  const failures: string[] = []
  const listened = bus.has('event')
  return {
    failures,
    emit: async (event) => {
      if (listened) failures.push(...(await bus.event(event, context)))
    },
  }
}
