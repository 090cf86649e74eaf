import { expect, it } from 'vitest'
import { verifyChain, type Migration, type RunEvent } from '@yama/core'
import { sqlMigration } from '../build/sql-migration.ts'
import { runContext, UP } from './run-context.ts'
import { tableExists, type SuiteContext } from './suite-context.ts'

export function runCases(context: SuiteContext): void {
  const { open, language, concurrent } = context
  const { create, drop, insert, syntax } = language
  const { yamaOf, tables, down, caught, failed } = runContext(context)

  it('runs up, down and up again, and its log is unbroken', async () => {
    const { dialect, connect } = await open()
    await using yama = yamaOf(dialect, tables(3))
    const connection = concurrent ? await connect() : undefined
    const exists = async (name: string): Promise<boolean | undefined> =>
      connection === undefined ? undefined : tableExists(connection, language, name)

    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['001', '002', '003'])
    if (concurrent) expect(await exists('suite_t003')).toBe(true)
    expect(await down(yama, 2)).toEqual(['003', '002'])
    if (concurrent) expect([await exists('suite_t001'), await exists('suite_t002')]).toEqual([true, false])
    expect((await yama.status()).pending.map((node) => node.migration.id)).toEqual(['002', '003'])
    expect((await yama.apply(await yama.plan({ up: '2' }))).applied).toEqual(['002'])
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['003'])

    const status = await yama.status()
    expect(status.applied.map((row) => row.id)).toEqual(['001', '002', '003'])
    expect(status.heads).toEqual(['003'])
    const events = await yama.history()
    expect(verifyChain(events)).toBeUndefined()
    expect(events.filter((event) => event.type === 'migration.reverted').map((event) => event.migrationId)).toEqual(['003', '002'])
    expect(status.history.chainSeq).toBe(events.length)
  })

  it('has nothing to do the second time, and writes nothing then', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(1))
    await yama.apply(await yama.plan(UP))
    const { history } = await yama.status()
    const plan = await yama.plan(UP)
    expect(plan.migrations).toEqual([])
    expect((await yama.apply(plan)).applied).toEqual([])
    expect((await yama.status()).history.chainSeq).toBe(history.chainSeq)
  })

  it('plans and reads without creating anything', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(1))
    const plan = await yama.plan(UP)
    expect(plan.migrations).toHaveLength(1)
    expect((await yama.plan(UP)).digest).toBe(plan.digest)
    expect((await yama.status()).history.exists).toBe(false)
  })

  it('keeps nothing of a migration that fails or says what it kept, names its place, and continues when it is corrected', async () => {
    const { dialect, connect } = await open()
    const { transactionalDdl } = dialect.capabilities
    const [first] = tables(1) as [Migration]
    const broken = sqlMigration({ id: '002', up: [create('suite_kept'), create('suite_t001'), create('suite_after')] })
    const fixed = sqlMigration({ id: '002', up: [create('suite_kept'), create('suite_after')] })
    {
      await using yama = yamaOf(dialect, [first, broken])
      expect(await caught(yama.apply(await yama.plan(UP)))).toMatchObject({
        code: failed(dialect),
        details: {
          id: '002',
          done: 1,
          total: 2,
          ...(transactionalDdl ? {} : { effects: expect.stringMatching(/statement 1\b(?![^]*statement [23])/) }),
        },
        position: { file: 'migrations/002.sql', line: 2 },
      })
      const { applied, history } = await yama.status()
      expect(applied.map((row) => row.id)).toEqual(['001'])
      expect(history.openSteps).toEqual([])
      expect((await yama.history({ migrationIds: ['002'] })).map((event) => [event.type, event.attempt])).toEqual([['migration.failed', 1]])
      if (transactionalDdl) {
        await caught(yama.apply(await yama.plan(UP)))
        expect((await yama.history({ migrationIds: ['002'] })).map((event) => event.attempt)).toEqual([1, 2])
      } else {
        expect((await yama.plan(UP)).migrations).toMatchObject([{ resume: { steps: 1 }, groups: [{}, {}] }])
      }
    }
    {
      await using yama = yamaOf(dialect, [first, fixed])
      expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['002'])
      expect(verifyChain(await yama.history())).toBeUndefined()
    }
    if (concurrent) expect(await tableExists(await connect(), language, 'suite_after')).toBe(true)
  })

  it('names the line of a syntax error', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, [sqlMigration({ id: '001', up: [create('suite_a'), syntax.text] })])
    const error = await caught(yama.apply(await yama.plan(UP)))
    expect(error).toMatchObject({ code: failed(dialect), position: { line: 2 } })
    expect([1, syntax.offset + 1]).toContain((error as { position: { column: number } }).position.column)
    expect((await yama.status()).applied).toEqual([])
  })

  it('loses data only when exactly this plan is confirmed', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(1))
    await yama.apply(await yama.plan(UP))
    const plan = await yama.plan({ down: 1 })
    expect(plan.losses).toMatchObject([{ migration: '001', loss: 'certain' }])
    expect(await caught(yama.apply(plan))).toMatchObject({ code: 'YAMA_CONFIRM_NEEDED', details: { digest: plan.digest } })
    expect(await caught(yama.apply(plan, { confirm: '0'.repeat(16) }))).toMatchObject({ code: 'YAMA_CONFIRM_WRONG' })
    expect((await yama.apply(plan, { confirm: plan.digest })).reverted).toEqual(['001'])
  })

  it('refuses a plan when the database has moved on', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(2))
    const plan = await yama.plan(UP)
    await yama.apply(await yama.plan({ upSteps: 1 }))
    expect(await caught(yama.apply(plan))).toMatchObject({ code: 'YAMA_PLAN_STALE' })
    expect((await yama.status()).applied).toHaveLength(1)
  })

  it.skipIf(!concurrent)('lets one of several runners through; the others see that it is done', async () => {
    const { dialect } = await open()
    const migrations = tables(5)
    const waited: RunEvent[] = []
    const observer = {
      name: 'observer',
      api: 1,
      hooks: { event: (event: RunEvent) => void (event.type === 'lock:waiting' && waited.push(event)) },
    } as const
    const outcomes = await Promise.all(
      [1, 2, 3].map(async () => {
        await using yama = yamaOf(dialect, migrations, { plugins: [observer], lockWaitMs: 30_000 })
        const plan = await yama.plan(UP)
        return await yama.apply(plan).then(
          (report) => report.applied.length,
          (error: { readonly code: string }) => error.code,
        )
      }),
    )
    // A runner that planned late enough finds nothing to do.
    expect(outcomes.filter((outcome) => outcome === 5)).toHaveLength(1)
    for (const outcome of outcomes) expect([5, 0, 'YAMA_PLAN_STALE']).toContain(outcome)
    await using yama = yamaOf(dialect, migrations)
    expect((await yama.status()).pending).toEqual([])
    expect(verifyChain(await yama.history())).toBeUndefined()
  })

  it('runs thirty migrations, forth and back', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(30))
    expect((await yama.apply(await yama.plan(UP))).applied).toHaveLength(30)
    expect((await yama.status()).applied.map((row) => row.toolVersion)).toEqual(Array.from({ length: 30 }, () => '1.2.3'))
    expect(await down(yama, 30)).toHaveLength(30)
    expect((await yama.status()).pending).toHaveLength(30)
  })

  it('stops before the next migration when it is aborted', async () => {
    const { dialect } = await open()
    const controller = new AbortController()
    const stopper = {
      name: 'stopper',
      api: 1,
      hooks: { event: (event: RunEvent) => void (event.type === 'migration:finished' && controller.abort()) },
    } as const
    await using yama = yamaOf(dialect, tables(3), { plugins: [stopper] })
    expect(await caught(yama.apply(await yama.plan(UP), { signal: controller.signal }))).toMatchObject({
      code: 'YAMA_RUN_ABORTED',
      details: { done: 1 },
    })
    expect((await yama.status()).applied).toHaveLength(1)
    expect((await yama.apply(await yama.plan(UP))).applied).toHaveLength(2)
  })

  it('records a baseline without running it, and repairs with a reason', async () => {
    const { dialect } = await open()
    await using yama = yamaOf(dialect, tables(3))
    expect((await yama.baseline(['002'], { reason: 'was there' })).applied).toEqual(['001', '002'])
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['003'])
    await yama.repair('mark-reverted', '003', { reason: 'undone by hand' })
    expect((await yama.status()).pending.map((node) => node.migration.id)).toEqual(['003'])
    await yama.repair('mark-applied', '003', { reason: 'is there after all' })
    expect((await yama.status()).pending).toEqual([])
    expect((await yama.history()).map((event) => event.type).filter((type) => !type.startsWith('run.'))).toEqual([
      'baselined',
      'baselined',
      'migration.succeeded',
      'marked_reverted',
      'marked_applied',
    ])
    expect(verifyChain(await yama.history())).toBeUndefined()
  })

  it('refuses an edited migration, says what changed, and accepts it by repair', async () => {
    const { dialect } = await open()
    const [first, second] = tables(2) as [Migration, Migration]
    {
      await using yama = yamaOf(dialect, [first])
      await yama.apply(await yama.plan(UP))
    }
    const edited = sqlMigration({ id: '001', up: [create('suite_t001'), insert('suite_t001', 2)], down: drop('suite_t001') })
    await using yama = yamaOf(dialect, [edited, second])
    expect(await caught(yama.plan(UP))).toMatchObject({
      code: 'YAMA_HISTORY_EDITED',
      details: { id: '001', change: expect.stringContaining('line 2') },
    })
    await yama.repair('accept-edit', '001', { reason: 'same thing' })
    expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['002'])
  })
}
