import { expect, it } from 'vitest'
import { createYama, verifyChain, type Dialect, type Migration, type RunEvent, type Yama, type YamaConfig } from '@yama/core'
import { memorySource } from '../build/memory-source.ts'
import { sqlMigration } from '../build/sql-migration.ts'
import { rowCount, tableExists, type SuiteContext } from './suite-context.ts'

const UP = { up: 'latest' } as const

export function runCases({ open, language, concurrent, plugins }: SuiteContext): void {
  const { create, drop, insert, syntax } = language
  const yamaOf = (dialect: Dialect, migrations: readonly Migration[], config: Partial<YamaConfig> = {}): Yama =>
    createYama({
      dialect,
      sources: [memorySource(migrations)],
      toolVersion: '1.2.3',
      ...config,
      plugins: [...plugins, ...(config.plugins ?? [])],
    })

  const tables = (count: number): readonly Migration[] =>
    Array.from({ length: count }, (_, index) => {
      const id = String(index + 1).padStart(3, '0')
      return sqlMigration({ id, up: [create(`suite_t${id}`), insert(`suite_t${id}`, 1)], down: drop(`suite_t${id}`) })
    })
  const down = async (yama: Yama, count: number): Promise<readonly string[]> => {
    const plan = await yama.plan({ down: count })
    return (await yama.apply(plan, { confirm: plan.digest })).reverted
  }
  const caught = async (work: Promise<unknown>): Promise<unknown> =>
    work.then(
      () => undefined,
      (error: unknown) => error,
    )

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

  /** Where DDL commits by itself a migration that fails after its first statement is partly done. */
  const failed = (dialect: Dialect): string => (dialect.capabilities.transactionalDdl ? 'YAMA_MIGRATION_FAILED' : 'YAMA_MIGRATION_PARTIAL')

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
      expect((await yama.history({ migrationId: '002' })).map((event) => [event.type, event.attempt])).toEqual([['migration.failed', 1]])
      if (transactionalDdl) {
        await caught(yama.apply(await yama.plan(UP)))
        expect((await yama.history({ migrationId: '002' })).map((event) => event.attempt)).toEqual([1, 2])
      } else {
        expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_RUN_OPEN', details: { id: '002' } })
        const connection = await connect()
        await connection.execute(drop('suite_kept'))
        await yama.repair('mark-reverted', '002', { reason: 'dropped by hand' })
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

  it('runs code in the transaction of its migration, or says what of it may have stayed', async () => {
    const { dialect, connect } = await open()
    const { transactionalDdl } = dialect.capabilities
    const base = sqlMigration({ id: '001', up: create('suite_a'), down: drop('suite_a') })
    const code = (fails: boolean): Migration => ({
      ...sqlMigration({ id: '002', up: insert('suite_a', 1) }),
      kind: 'code',
      up: [
        {
          kind: 'code',
          run: async ({ connection }) => {
            await connection.execute(insert('suite_a', fails ? 1 : 2))
            if (fails) await connection.execute(insert('suite_a', 1))
          },
        },
      ],
    })
    {
      await using yama = yamaOf(dialect, [base, code(true)])
      expect(await caught(yama.apply(await yama.plan(UP)))).toMatchObject({ code: failed(dialect) })
      if (!transactionalDdl) {
        expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_RUN_OPEN' })
        await yama.repair('mark-reverted', '002', { reason: 'looked at it' })
      }
    }
    {
      await using yama = yamaOf(dialect, [base, code(false)])
      expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['002'])
    }
    if (concurrent) expect(await rowCount(await connect(), language, 'suite_a')).toBe(transactionalDdl ? 1 : 2)
  })

  it.skipIf(language.alone === undefined)('runs alone what cannot run in a transaction, and keeps a journal of it', async () => {
    const { dialect } = await open()
    const alone = { alone: language.alone?.('suite_alone', 'suite_a') ?? '' }
    await using yama = yamaOf(dialect, [
      sqlMigration({ id: '001', up: create('suite_a') }),
      sqlMigration({ id: '002', up: [create('suite_b'), alone, insert('suite_b', 1)] }),
    ])
    const plan = await yama.plan(UP)
    expect(plan.migrations[1]?.groups.map((group) => [group.transactional, group.steps.length])).toEqual([
      [dialect.capabilities.transactionalDdl, 1],
      [false, 1],
      [true, 1],
    ])
    expect((await yama.apply(plan)).applied).toEqual(['001', '002'])
    expect((await yama.status()).history.openSteps).toEqual([])
  })

  it.skipIf(language.alone === undefined)('says what took effect when a later part fails, and refuses until it is settled', async () => {
    const { dialect } = await open()
    const alone = { alone: language.alone?.('suite_alone', 'suite_a') ?? '' }
    const migrations = [
      sqlMigration({ id: '001', up: create('suite_a') }),
      sqlMigration({ id: '002', up: [create('suite_b'), alone, syntax.text] }),
    ]
    await using yama = yamaOf(dialect, migrations)
    expect(await caught(yama.apply(await yama.plan(UP)))).toMatchObject({
      code: 'YAMA_MIGRATION_PARTIAL',
      details: { id: '002', effects: expect.stringContaining('statement 2') },
    })
    expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_RUN_OPEN', details: { id: '002' } })
    await yama.repair('mark-applied', '002', { reason: 'looked at it' })
    expect((await yama.plan(UP)).migrations).toEqual([])
  })
}
