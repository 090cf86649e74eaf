import { createYama, definePlugin, YamaError, type Dialect } from '@yama/core'
import { faultDialect, memorySource, type FaultPoint } from '@yama/testkit/faults'
import { scenario, statementsOf, type Shape } from './scenario.ts'

/** How a run went: the exchanges that it consisted of, and the code it failed with. */
export interface WatchedRun {
  /** `mixed:intent`: the migration that began last, and the kind of the exchange. */
  readonly points: readonly string[]
  readonly code?: string
}

export interface Watching {
  /** With a hook on every step: then no migration is sent as one batch. */
  readonly stepwise?: boolean
  /** Migrations of these shapes only. */
  readonly only?: readonly Shape[]
  readonly watch: (point: FaultPoint) => void | Promise<void>
}

/** Applies the scenario, and tells every exchange with the database before, during and after it. */
export async function watchedRun(dialect: Dialect, { stepwise = false, only, watch }: Watching): Promise<WatchedRun> {
  const points: string[] = []
  let running = ''
  const place = definePlugin(() => ({
    name: 'place',
    hooks: {
      event: (event) => void (event.type === 'migration:started' && (running = event.id.slice(4))),
      ...(stepwise ? { step: (_: unknown, next: () => Promise<void>) => next() } : {}),
    },
  }))
  const migrations = scenario(dialect.kind, only)
  const watched = faultDialect(dialect, statementsOf(migrations), (point) => {
    if (point.phase === 'before') points.push(`${running}:${point.kind}`)
    return watch(point)
  })
  await using yama = createYama({ dialect: watched, sources: [memorySource(migrations)], plugins: [place()], lockWaitMs: 30_000 })
  try {
    await yama.apply(await yama.plan({ up: 'latest' }))
    return { points }
  } catch (error) {
    return { points, code: YamaError.is(error) ? error.code : String(error) }
  }
}
