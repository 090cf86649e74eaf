import { expect, it } from 'vitest'
import { verifyChain, type Migration } from '@yama/core'
import { sqlMigration } from '../build/sql-migration.ts'
import { runContext, UP } from './run-context.ts'
import { rowCount, type SuiteContext } from './suite-context.ts'

/** What runs again when it changes. Its statements insert rows here, so that a run that should not have been is seen. */
export function repeatCases(context: SuiteContext): void {
  const { open, language, concurrent } = context
  const { create, insert } = language
  const { yamaOf, tables, caught } = runContext(context)
  const repeatable = (id: string, value: number, more: Partial<Migration> = {}): Migration => ({
    ...sqlMigration({ id, up: insert('suite_t001', value) }),
    repeatable: 'changed',
    ...more,
  })

  it('runs repeatable migrations after all others, and again only when they or what they require have changed', async () => {
    const { dialect, connect } = await open()
    const first = [repeatable('R__a', 10, { requires: ['R__b'] }), ...tables(1), repeatable('R__b', 11)]
    let digest: string
    {
      await using yama = yamaOf(dialect, first)
      const plan = await yama.plan(UP)
      digest = plan.digest
      expect((await yama.apply(plan)).applied).toEqual(['001', 'R__b', 'R__a'])
      expect((await yama.plan(UP)).migrations).toEqual([])
      const status = await yama.status()
      expect([status.heads, status.pending, status.repeatable, status.missing, status.edited]).toEqual([['001'], [], [], [], []])
      expect((await yama.plan({ down: 1 })).migrations.map(({ node }) => node.migration.id)).toEqual(['001'])
    }
    {
      await using yama = yamaOf(dialect, [repeatable('R__a', 12, { requires: ['R__b'] }), ...tables(1), repeatable('R__b', 11)])
      expect((await yama.status()).repeatable.map((node) => node.migration.id)).toEqual(['R__a'])
      const plan = await yama.plan(UP)
      expect(plan.digest).not.toBe(digest)
      expect((await yama.apply(plan)).applied).toEqual(['R__a'])
    }
    {
      await using yama = yamaOf(dialect, [repeatable('R__a', 14, { requires: ['R__b'] }), ...tables(1), repeatable('R__b', 13)])
      expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['R__b', 'R__a'])
      const events = await yama.history()
      expect(events.filter(({ type, migrationId }) => type === 'migration.succeeded' && migrationId === 'R__a')).toHaveLength(3)
      expect(verifyChain(events)).toBeUndefined()
    }
    await using yama = yamaOf(dialect, tables(1))
    expect((await yama.plan(UP)).migrations).toEqual([])
    expect((await yama.status()).missing).toEqual([])
    if (concurrent) expect(await rowCount(await connect(), language, 'suite_t001')).toBe(6)
  })

  it('lets repeatable migrations wait while others stay pending, and runs some with every run', async () => {
    const { dialect } = await open()
    const always = repeatable('R__always', 20, { repeatable: 'always' })
    const second = sqlMigration({ id: '002', up: create('suite_t002') })
    {
      await using yama = yamaOf(dialect, [...tables(1), second, always])
      const plan = await yama.plan({ upSteps: 1 })
      expect(plan.migrations.map(({ node }) => node.migration.id)).toEqual(['001'])
      expect(plan.diagnostics.map(({ code }) => code)).toContain('YAMA_REPEATABLE_WAITS')
      await yama.apply(plan)
      expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['002', 'R__always'])
      expect((await yama.plan(UP)).migrations).toEqual([])
    }
    const third = sqlMigration({ id: '003', up: create('suite_t003') })
    await using yama = yamaOf(dialect, [...tables(1), second, third, { ...always, up: [], noop: true }])
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['003', 'R__always'])
  })

  it('refuses repeatable migrations that require each other, and tries a failed one again', async () => {
    const { dialect } = await open()
    {
      await using yama = yamaOf(dialect, [repeatable('R__a', 1, { requires: ['R__b'] }), repeatable('R__b', 2, { requires: ['R__a'] })])
      expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_GRAPH_CYCLE', details: { path: 'R__a → R__b → R__a' } })
    }
    {
      await using yama = yamaOf(dialect, [...tables(1), repeatable('R__a', 1)])
      expect(await caught(yama.apply(await yama.plan(UP)))).toMatchObject({
        code: 'YAMA_MIGRATION_FAILED',
        details: { id: 'R__a', done: 1 },
      })
    }
    await using yama = yamaOf(dialect, [...tables(1), repeatable('R__a', 2)])
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['R__a'])
  })
}
