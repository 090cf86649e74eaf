import type { Connection, Dialect } from './dialect.ts'
import type { EventType, JsonValue } from './history.ts'
import type { Migration, Step, StepContext } from './migration.ts'
import type { Plan, PlannedMigration } from './plan.ts'
import type { RunEvent, RunReport } from './run.ts'

export interface HookContext {
  readonly dialect: Dialect
  readonly signal: AbortSignal
}
/** Sees, cannot break a run: what it throws becomes a warning. */
export interface Observe<E> {
  readonly shape: 'observe'
  readonly handler: (event: E, context: HookContext) => void | Promise<void>
}
/** Must give a value back. */
export interface Transform<V> {
  readonly shape: 'transform'
  readonly handler: (value: V, context: HookContext) => V | Promise<V>
}
/** Wraps; calling `next` twice is refused with YAMA_HOOK_NEXT_TWICE. */
export interface Around<C, R> {
  readonly shape: 'around'
  readonly handler: (subject: C & HookContext, next: () => Promise<R>) => Promise<R>
}

export interface YamaHooks {
  graph: Transform<readonly Migration[]>
  plan: Transform<Plan>
  /** Under the lock, on the connection of the run; `next` applies the plan. `record` puts an event of the run into the log. */
  run: Around<
    {
      readonly plan: Plan
      readonly connection: Connection
      readonly record: (type: EventType, payload: Readonly<Record<string, JsonValue>>) => Promise<void>
    },
    RunReport
  >
  migration: Around<PlannedMigration, void>
  step: Around<StepContext & { readonly step: Step; readonly index: number }, void>
  event: Observe<RunEvent>
}
export type HookName = keyof YamaHooks
export type Handler<K extends HookName> = YamaHooks[K]['handler']
/** `pre` handlers run before, `post` after the unordered ones. */
export interface Ordered<H> {
  readonly handler: H
  readonly order: 'pre' | 'post'
}
export type HookHandlers = { readonly [K in HookName]?: Handler<K> | Ordered<Handler<K>> }
