import type { Handler, HookContext, HookName } from '../contract/hooks.ts'
import type { Migration } from '../contract/migration.ts'
import type { Plan, PlannedMigration } from '../contract/plan.ts'
import type { Plugin } from '../contract/plugin.ts'
import type { RunEvent, RunReport } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { composeAround } from './compose-around.ts'

type StepSubject = Parameters<Handler<'step'>>[0]
type RunSubject = Parameters<Handler<'run'>>[0]

/** Calls the plugins' handlers: `pre` first, then unordered, then `post`, each in the order of the plugins. */
export interface HookBus {
  has(name: HookName): boolean
  graph(migrations: readonly Migration[], context: HookContext): Promise<readonly Migration[]>
  plan(plan: Plan, context: HookContext): Promise<Plan>
  run(subject: RunSubject, work: () => Promise<RunReport>): Promise<RunReport>
  migration(planned: PlannedMigration, context: HookContext, work: () => Promise<void>): Promise<void>
  step(subject: StepSubject, work: () => Promise<void>): Promise<void>
  /** Never rejects: what an observer throws is told to the others as a notice and returned. */
  event(event: RunEvent, context: HookContext): Promise<readonly string[]>
}

export function hookBus(plugins: readonly Plugin[]): HookBus {
  const handlers = <K extends HookName>(name: K): readonly { readonly plugin: string; readonly call: Handler<K> }[] => {
    const all = plugins.flatMap((plugin) => {
      const hook = plugin.hooks?.[name] as Handler<K> | { readonly handler: Handler<K>; readonly order: 'pre' | 'post' } | undefined
      if (hook === undefined) return []
      return typeof hook === 'function'
        ? [{ plugin: plugin.name, call: hook, order: 1 }]
        : [{ plugin: plugin.name, call: hook.handler, order: hook.order === 'pre' ? 0 : 2 }]
    })
    return all.sort((a, b) => a.order - b.order)
  }
  const bus = {
    graph: handlers('graph'),
    plan: handlers('plan'),
    run: handlers('run'),
    migration: handlers('migration'),
    step: handlers('step'),
    event: handlers('event'),
  } satisfies { readonly [K in HookName]: unknown }
  const calls = <H>(list: readonly { readonly call: H }[]): readonly H[] => list.map(({ call }) => call)

  const transform = async <V>(
    hook: string,
    list: readonly ((value: V, context: HookContext) => V | Promise<V>)[],
    value: V,
    context: HookContext,
  ): Promise<V> => {
    let current = value
    for (const handler of list) {
      const next: V | undefined = await handler(current, context)
      if (next === undefined) throw coreErrors.YAMA_HOOK_RETURN({ hook })
      current = next
    }
    return current
  }

  const observe = async (event: RunEvent, context: HookContext): Promise<readonly string[]> => {
    const failures: string[] = []
    for (const { plugin, call } of bus.event) {
      try {
        await call(event, context)
      } catch (error) {
        failures.push(`The plugin ${plugin} failed at ${event.type}: ${error instanceof Error ? error.message : String(error)}`)
      }
    }
    // A notice about a notice would never end.
    if (event.type !== 'notice')
      for (const message of [...failures]) failures.push(...(await observe({ type: 'notice', message }, context)))
    return failures
  }

  return {
    has: (name) => bus[name].length > 0,
    graph: (migrations, context) => transform('graph', calls(bus.graph), migrations, context),
    plan: (plan, context) => transform('plan', calls(bus.plan), plan, context),
    run: (subject, work) => composeAround('run', calls(bus.run), subject, work),
    migration: (planned, context, work) => composeAround('migration', calls(bus.migration), { ...planned, ...context }, work),
    step: (subject, work) => composeAround('step', calls(bus.step), subject, work),
    event: observe,
  }
}
