import { describe, expect, it } from 'vitest'
import { fakeDialect, sqlMigration } from '@yama/testkit'
import { UP, applied, failure, hooked, two, up, yamaOf } from './run-in-memory.ts'

describe('hooks', () => {
  it('see the same run, statement by statement', async () => {
    const seen: string[] = []
    await using yama = yamaOf(
      fakeDialect(),
      two,
      hooked({
        run: async ({ plan }, next) => {
          seen.push(`run ${plan.migrations.length}`)
          return await next()
        },
        migration: async ({ node, direction }, next) => {
          seen.push(`${direction} ${node.migration.id}`)
          await next()
        },
        step: async ({ index, step }, next) => {
          seen.push(`${index} ${step.kind}`)
          await next()
        },
        event: (event) => void seen.push(event.type),
      }),
    )
    await up(yama)
    expect(seen).toEqual([
      'run 2',
      'run:started',
      'migration:started',
      'up 1',
      '0 sql',
      'step:finished',
      '1 sql',
      'step:finished',
      'migration:finished',
      'migration:started',
      'up 2',
      '0 sql',
      'step:finished',
      'migration:finished',
      'run:finished',
    ])
  })

  it.each(['migration', 'step'] as const)('cannot leave a %s out', async (hook) => {
    await using yama = yamaOf(fakeDialect(), two, hooked({ [hook]: async () => undefined }))
    expect(await failure(yama)).toMatchObject(
      hook === 'step' ? { code: 'YAMA_MIGRATION_FAILED', cause: { code: 'YAMA_HOOK_SKIPPED' } } : { code: 'YAMA_HOOK_SKIPPED' },
    )
    expect(await applied(yama)).toEqual([])
  })

  it.each(['run', 'migration', 'step'] as const)('cannot turn a failure into success (%s)', async (hook) => {
    const swallow = async (_: unknown, next: () => Promise<unknown>): Promise<never> =>
      (await next().catch(() => ({ diagnostics: [], applied: [] }))) as never
    await using yama = yamaOf(fakeDialect(), [sqlMigration({ id: '1', up: ['create a', 'fail on purpose'] })], hooked({ [hook]: swallow }))
    expect(await failure(yama)).toMatchObject({ code: 'YAMA_MIGRATION_FAILED', position: { line: 2 } })
    expect(await applied(yama)).toEqual([])
  })

  it('can refuse, and nothing is kept', async () => {
    const veto = (): never => {
      throw new Error('not on a Friday')
    }
    for (const hook of ['migration', 'step'] as const) {
      await using yama = yamaOf(fakeDialect(), two, hooked({ [hook]: async () => veto() }))
      const error = await failure(yama)
      expect(error).toMatchObject({ message: expect.stringContaining('not on a Friday') })
      expect(await applied(yama)).toEqual([])
      expect((await yama.history()).at(-1)).toMatchObject({ type: 'run.finished', payload: { ok: false } })
    }
  })

  it('are told of a migration that is done before they failed', async () => {
    await using yama = yamaOf(
      fakeDialect(),
      two,
      hooked({ migration: async (_, next) => next().then(() => Promise.reject(new Error('late'))) }),
    )
    expect(await failure(yama)).toMatchObject({ code: 'YAMA_HOOK_FAILED', message: expect.stringContaining('done and recorded') })
    expect(await applied(yama)).toEqual(['1'])
  })

  it('may change the graph and the plan', async () => {
    const only = hooked({
      graph: (migrations) => migrations.filter(({ id }) => id === '1'),
      plan: (plan) => ({ ...plan, diagnostics: [{ code: 'X', severity: 'info', message: 'seen' }] }),
    })
    await using yama = yamaOf(fakeDialect(), two, only)
    const plan = await yama.plan(UP)
    expect(plan.diagnostics).toHaveLength(1)
    expect((await yama.apply(plan)).applied).toEqual(['1'])
  })

  it('that observe cannot break a run', async () => {
    await using yama = yamaOf(
      fakeDialect(),
      two,
      hooked({ event: (event) => (event.type === 'run:started' ? Promise.reject(new Error('broken')) : undefined) }),
    )
    const report = await yama.apply(await yama.plan(UP))
    expect(report.applied).toEqual(['1', '2'])
    expect(report.diagnostics).toMatchObject([{ code: 'YAMA_PLUGIN_OBSERVER', severity: 'warning' }])
  })

  it('bring kinds of steps', async () => {
    const seen: unknown[] = []
    const magic = { ...sqlMigration({ id: '1', up: 'create a' }), up: [{ kind: 'magic', word: 'abra' } as never] }
    const plugin = { name: 'magic', api: 1, steps: { magic: async (step: unknown) => void seen.push(step) } as never } as const
    await using yama = yamaOf(fakeDialect(), [magic], { plugins: [plugin] })
    expect(await up(yama)).toEqual(['1'])
    expect(seen).toEqual([{ kind: 'magic', word: 'abra' }])
  })
})
