import { setTimeout } from 'node:timers/promises'
import { expect, it } from 'vitest'
import { verifyChain, type Migration } from '@yama/core'
import { sqlMigration } from '../build/sql-migration.ts'
import { runContext, UP } from './run-context.ts'
import { migrationRow } from './sample-rows.ts'
import { rowCount, tableExists, type SuiteContext } from './suite-context.ts'

/** Steps that are no plain statement in a transaction: code, and what must run alone. */
export function aloneCases(context: SuiteContext): void {
  const { open, language, concurrent } = context
  const { create, drop, insert, syntax } = language
  const { yamaOf, caught, failed } = runContext(context)

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

  it.skipIf(language.alone === undefined)('says what took effect when a later part fails, and continues there', async () => {
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
    expect((await yama.plan(UP)).migrations).toMatchObject([{ resume: { steps: 2 }, groups: [{ steps: [{ index: 2 }] }] }])
    expect(await caught(yama.plan({ down: 1 }))).toMatchObject({ code: 'YAMA_RUN_OPEN', details: { id: '002' } })
    const edited = sqlMigration({ id: '002', up: [create('suite_c'), alone, create('suite_d')] })
    {
      await using other = yamaOf(dialect, [migrations[0] as Migration, edited])
      expect(await caught(other.plan(UP))).toMatchObject({ code: 'YAMA_RECOVER_EDITED', details: { id: '002', n: 1 } })
    }
    const fixed = sqlMigration({ id: '002', up: [create('suite_b'), alone, create('suite_d')] })
    await using other = yamaOf(dialect, [migrations[0] as Migration, fixed])
    expect((await other.apply(await other.plan(UP))).applied).toEqual(['002'])
    const { history } = await other.status()
    expect([history.openSteps, history.migrations.map(({ status }) => status)]).toEqual([[], ['applied', 'applied']])
    expect(verifyChain(await other.history())).toBeUndefined()
  })

  it.skipIf(language.alone === undefined)('undoes what took effect of a migration whose run did not end', async () => {
    const { dialect } = await open()
    const alone = { alone: language.alone?.('suite_alone', 'suite_a') ?? '' }
    const up = [create('suite_b'), alone, syntax.text]
    const migrations = [
      sqlMigration({ id: '001', up: create('suite_a') }),
      sqlMigration({ id: '002', up, down: [drop('suite_c'), drop('suite_b')] }),
    ]
    await using yama = yamaOf(dialect, migrations)
    await caught(yama.apply(await yama.plan(UP)))
    expect(await yama.open()).toMatchObject([{ id: '002', direction: 'up', done: 2, total: 3 }])
    expect(await caught(yama.plan({ recover: 'undo' }))).toMatchObject({ code: 'YAMA_RECOVER_UNDO' })
    await yama.repair('mark-reverted', '002', { reason: 'undone by hand' })
    expect(await yama.open()).toEqual([])
    expect(await caught(yama.plan({ recover: 'continue' }))).toMatchObject({ code: 'YAMA_RECOVER_NOTHING' })
  })

  it('undoes a beginning that its way back mirrors', async () => {
    const { dialect, connect } = await open()
    if (dialect.capabilities.transactionalDdl) return
    const up = [create('suite_a'), create('suite_b'), create('suite_a')]
    const down = [drop('suite_a'), drop('suite_b'), drop('suite_a')]
    await using yama = yamaOf(dialect, [sqlMigration({ id: '001', up, down })])
    await caught(yama.apply(await yama.plan(UP)))
    const plan = await yama.plan({ recover: 'undo' })
    expect(plan.migrations[0]?.groups.flatMap(({ steps }) => steps.map(({ step }) => ('text' in step ? step.text : '')))).toEqual([
      drop('suite_b'),
      drop('suite_a'),
    ])
    expect(await caught(yama.apply(plan))).toMatchObject({ code: 'YAMA_CONFIRM_NEEDED' })
    expect((await yama.apply(plan, { confirm: plan.digest })).reverted).toEqual(['001'])
    const connection = await connect()
    expect([await tableExists(connection, language, 'suite_a'), await tableExists(connection, language, 'suite_b')]).toEqual([false, false])
    const fixed = sqlMigration({ id: '001', up: [create('suite_a'), create('suite_b')] })
    await using other = yamaOf(dialect, [fixed])
    expect((await other.apply(await other.plan(UP))).applied).toEqual(['001'])
  })

  it.skipIf(!concurrent)('waits for a run that goes on before it takes it for one that did not end', async () => {
    const { dialect, prepared } = await open()
    const migrations = [sqlMigration({ id: '001', up: create('suite_a') }), sqlMigration({ id: '002', up: create('suite_b') })]
    const { connection, history, lock } = await prepared()
    const { id, name, version, rawHash, semanticHash } = migrations[0] as Migration
    const begun = migrationRow({ id, name, version, rawHash, semanticHash, status: 'partial' })
    await connection.batch(history.encode([{ write: 'migration', row: begun }]), { transaction: true })
    await using yama = yamaOf(dialect, migrations, { lockWaitMs: 30_000 })
    let ended = false
    const planned = yama.plan(UP).finally(() => (ended = true))
    await setTimeout(500)
    expect(ended).toBe(false)
    await connection.batch(history.encode([{ write: 'migration-status', id, status: 'applied' }]), { transaction: true })
    await lock[Symbol.asyncDispose]()
    expect((await planned).migrations.map(({ node }) => node.migration.id)).toEqual(['002'])
  })

  it('takes a run that did not end for what it is when nobody holds the lock', async () => {
    const { dialect, prepared } = await open()
    const { connection, history, lock } = await prepared()
    const migrations = [sqlMigration({ id: '001', up: create('suite_a') })]
    const begun = migrationRow({ id: '001', status: 'partial' })
    await connection.batch(history.encode([{ write: 'migration', row: begun }]), { transaction: true })
    await lock[Symbol.asyncDispose]()
    await using yama = yamaOf(dialect, migrations)
    expect(await caught(yama.plan(UP))).toMatchObject({ code: 'YAMA_RUN_OPEN', details: { id: '001' } })
  })
}
