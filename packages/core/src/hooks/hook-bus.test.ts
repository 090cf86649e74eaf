import { describe, expect, it } from 'vitest'
import type { Plugin } from '../contract/plugin.ts'
import type { RunReport } from '../contract/run.ts'
import { hookBus } from './hook-bus.ts'

const context = { dialect: {} as never, signal: new AbortController().signal }
const plugin = (name: string, hooks: Plugin['hooks'] & object): Plugin => ({ name, api: 1, hooks })
const run = { plan: {} as never, connection: {} as never, record: undefined as never, ...context }
const report: RunReport = { runId: 'r', applied: [], reverted: [], durationMs: 0, diagnostics: [] }

describe('around', () => {
  it('nests by order: pre, none, post, then plugins in their order', async () => {
    const seen: string[] = []
    const around =
      (name: string) =>
      async (_: unknown, next: () => Promise<RunReport>): Promise<RunReport> => {
        seen.push(`+${name}`)
        const result = await next()
        seen.push(`-${name}`)
        return result
      }
    const bus = hookBus([
      plugin('a', { run: { handler: around('last'), order: 'post' } }),
      plugin('b', { run: around('second') }),
      plugin('c', { run: { handler: around('first'), order: 'pre' } }),
    ])
    expect(await bus.run(run, async () => report)).toBe(report)
    expect(seen).toEqual(['+first', '+second', '+last', '-last', '-second', '-first'])
  })
  it('refuses a second next', async () => {
    const bus = hookBus([
      plugin('a', {
        run: async (_, next) => {
          await next()
          return await next()
        },
      }),
    ])
    await expect(bus.run(run, async () => report)).rejects.toMatchObject({ code: 'YAMA_HOOK_NEXT_TWICE' })
  })
})

describe('transform', () => {
  it('refuses a handler that returns nothing', async () => {
    const bus = hookBus([plugin('a', { graph: (() => undefined) as never })])
    await expect(bus.graph([], context)).rejects.toMatchObject({ code: 'YAMA_HOOK_RETURN' })
  })
})

describe('observe', () => {
  it('turns what an observer throws into notices for all, and never rejects', async () => {
    const seen: string[] = []
    const bus = hookBus([
      plugin('a', {
        event: () => {
          throw new Error('broken')
        },
      }),
      plugin('b', { event: (event) => void seen.push(event.type === 'notice' ? event.message : event.type) }),
    ])
    const failures = await bus.event({ type: 'run:started', runId: 'r', total: 1 }, context)
    expect(seen).toEqual(['run:started', 'The plugin a failed at run:started: broken'])
    expect(failures).toEqual(['The plugin a failed at run:started: broken', 'The plugin a failed at notice: broken'])
  })
})
