import { describe, expect, it } from 'vitest'
import { verifyChain, type Dialect, type Lock, type Migration, type RunEvent } from '@yama/core'
import { fakeDialect, sqlMigration } from '@yama/testkit'
import { UP, applied, failure, hooked, two, up, yamaOf } from './run-in-memory.ts'

describe('what cannot be rolled back', () => {
  it('is as if not tried when it left nothing behind', async () => {
    const dialect = fakeDialect()
    await using yama = yamaOf(dialect, [sqlMigration({ id: '1', up: 'create a' }), sqlMigration({ id: '2', up: [{ alone: 'alone a' }] })])
    expect(await failure(yama)).toMatchObject({ code: 'YAMA_MIGRATION_FAILED', details: { id: '2', done: 1 } })
    expect((await yama.status()).history.openSteps).toEqual([])
    expect((await yama.plan(UP)).migrations).toHaveLength(1)
  })

  it('stays open when it left something, and says what', async () => {
    await using yama = yamaOf(fakeDialect(), [sqlMigration({ id: '1', up: [{ alone: 'half a' }] })])
    expect(await failure(yama)).toMatchObject({
      code: 'YAMA_MIGRATION_PARTIAL',
      details: { effects: 'The statement left the object invalid_a behind.' },
    })
    await expect(yama.plan(UP)).rejects.toMatchObject({ code: 'YAMA_RUN_OPEN' })
    await yama.repair('mark-reverted', '1', { reason: 'dropped by hand' })
    expect((await yama.plan(UP)).migrations).toHaveLength(1)
  })

  it('is seen by the next run when the process died in it', async () => {
    const dialect = fakeDialect()
    const migrations = [sqlMigration({ id: '1', up: ['create a', { alone: 'alone b' }, 'create c'] })]
    // A connection that never answers again from the given statement on, as after kill -9; its session's lock is free.
    let held: Lock | undefined
    const dies = (statement: string): Dialect => ({
      ...dialect,
      acquireLock: async (...args) => (held = await dialect.acquireLock(...args)),
      connect: async () => {
        const connection = await dialect.connect()
        return {
          ...connection,
          execute: async (sql, ...rest) => {
            if (sql !== statement) return await connection.execute(sql, ...rest)
            await held?.[Symbol.asyncDispose]()
            return await new Promise(() => undefined)
          },
        }
      },
    })
    const dead = yamaOf(dies('alone b'), migrations)
    void up(dead)
    await new Promise((resolve) => setTimeout(resolve, 50))
    await using yama = yamaOf(dialect, migrations)
    await expect(yama.plan(UP)).rejects.toMatchObject({ code: 'YAMA_RUN_OPEN', details: { id: '1' } })
    expect((await yama.status()).history.openSteps).toMatchObject([{ state: 'intent', sql: 'alone b', n: 1 }])
  })

  it('is reverted step by step as well', async () => {
    await using yama = yamaOf(fakeDialect(), [sqlMigration({ id: '1', up: 'create a', down: ['drop a', { alone: 'alone b' }, 'drop b'] })])
    await up(yama)
    const plan = await yama.plan({ down: 1 })
    expect((await yama.apply(plan, { confirm: plan.digest })).reverted).toEqual(['1'])
    expect((await yama.history()).map(({ type }) => type)).toContain('migration.reverted')
  })
})

describe('runs', () => {
  it('stop when another one has taken the lock over', async () => {
    const dialect = fakeDialect()
    const stolen: Dialect = { ...dialect, acquireLock: async (...args) => ({ ...(await dialect.acquireLock(...args)), token: 0 }) }
    await using yama = yamaOf(stolen)
    await expect(up(yama)).rejects.toMatchObject({ code: 'YAMA_LOCK_LOST' })
  })

  it.each([false, true])('name the lock when it is lost in the middle (statement by statement: %s)', async (stepwise) => {
    const dialect = fakeDialect()
    let held: AsyncDisposable | undefined
    const watched: Dialect = {
      ...dialect,
      acquireLock: async (...args) => {
        const lock = await dialect.acquireLock(...args)
        held = lock
        return lock
      },
    }
    // The lease runs out after the first migration, and another session takes it.
    const steal = async (event: RunEvent): Promise<void> => {
      if (event.type !== 'migration:finished') return
      await held?.[Symbol.asyncDispose]()
      await dialect.acquireLock(await dialect.connect(), 'default', { waitMs: 0 })
    }
    const hooks = stepwise ? { event: steal, step: async (_: unknown, next: () => Promise<void>) => next() } : { event: steal }
    await using yama = yamaOf(watched, two, hooked(hooks))
    expect(await failure(yama)).toMatchObject({ code: 'YAMA_LOCK_LOST', details: { id: '2' } })
    expect(await applied(yama)).toEqual(['1'])
    expect((await yama.history()).at(-1)).toMatchObject({ type: 'migration.succeeded' })
  })

  it('are cancelled in the middle of a statement', async () => {
    const controller = new AbortController()
    await using yama = yamaOf(fakeDialect(), [two[0] as Migration, sqlMigration({ id: '2', up: ['create b', 'sleep 5000'] })])
    const plan = await yama.plan(UP)
    setTimeout(() => controller.abort(), 50)
    await expect(yama.apply(plan, { signal: controller.signal })).rejects.toMatchObject({
      code: 'YAMA_RUN_ABORTED',
      details: { id: '2', done: 1 },
    })
    expect((await yama.history({ migrationIds: ['2'] })).map(({ type }) => type)).toEqual(['migration.aborted'])
    expect(await applied(yama)).toEqual(['1'])
    expect(verifyChain(await yama.history())).toBeUndefined()
  })

  it('survive a connection that broke, and the next call connects again', async () => {
    const dialect = fakeDialect()
    let broken = false
    const flaky: Dialect = {
      ...dialect,
      describeFailure: (error) =>
        broken ? { kind: 'disconnected', message: 'too large', hint: 'Split it.' } : dialect.describeFailure(error),
      connect: async () => {
        const connection = await dialect.connect()
        return {
          ...connection,
          batch: async (commands, options, signal) => {
            if (commands.some(({ sql }) => sql === 'create b') && !broken) {
              broken = true
              throw new Error('connection reset')
            }
            return await connection.batch(commands, options, signal)
          },
        }
      },
    }
    await using yama = yamaOf(flaky)
    expect(await failure(yama)).toMatchObject({ code: 'YAMA_RUN_DISCONNECTED', hint: 'Split it.', details: { id: '2', done: 1 } })
    expect(await applied(yama)).toEqual(['1'])
    expect(await up(yama)).toEqual(['2'])
  })

  it('pin the environment in the database', async () => {
    const dialect = fakeDialect()
    await using dev = yamaOf(dialect, two, { environment: { name: 'dev' } })
    await up(dev)
    await using prod = yamaOf(dialect, two, { environment: { name: 'prod' } })
    await expect(prod.plan(UP)).rejects.toMatchObject({ code: 'YAMA_ENVIRONMENT_MISMATCH' })
  })

  it('refuse a plan that was edited', async () => {
    await using yama = yamaOf(fakeDialect())
    const plan = await yama.plan(UP)
    await expect(yama.apply({ ...plan, migrations: plan.migrations.slice(1) })).rejects.toMatchObject({ code: 'YAMA_PLAN_STALE' })
  })

  it('revert a migration whose file is gone, from its stored text', async () => {
    const dialect = fakeDialect()
    const pair = { ...(two[1] as Migration), downBody: 'drop b' }
    {
      await using yama = yamaOf(dialect, [two[0] as Migration, pair])
      await up(yama)
    }
    await using yama = yamaOf(dialect, [two[0] as Migration])
    const plan = await yama.plan({ down: 1 })
    expect(plan.migrations).toMatchObject([{ fromHistory: true }])
    expect((await yama.apply(plan, { confirm: plan.digest })).reverted).toEqual(['2'])
  })

  it('record actor, reason and tool', async () => {
    await using yama = yamaOf(fakeDialect(), two, { actor: { osUser: 'ada', commit: 'abc' }, toolVersion: '9.9.9' })
    await yama.apply(await yama.plan(UP), { reason: 'release 7' })
    const [started] = await yama.history()
    expect(started).toMatchObject({
      type: 'run.started',
      actor: { databaseUser: 'tester', osUser: 'ada' },
      payload: { reason: 'release 7', toolVersion: '9.9.9' },
    })
    expect((await yama.status()).applied[0]).toMatchObject({ gitCommit: 'abc', toolVersion: '9.9.9' })
  })
})

describe('repair and baseline', () => {
  it('want a reason and something to repair', async () => {
    await using yama = yamaOf(fakeDialect())
    await expect(yama.baseline('all', { reason: ' ' })).rejects.toMatchObject({ code: 'YAMA_REASON_MISSING' })
    expect((await yama.baseline('all', { reason: 'was there' })).applied).toEqual(['1', '2'])
    expect((await yama.baseline('all', { reason: 'again' })).applied).toEqual([])
    await expect(yama.baseline(['1'], { reason: 'again' })).rejects.toMatchObject({ code: 'YAMA_BASELINE_APPLIED' })
    await expect(yama.repair('mark-applied', '1', { reason: 'x' })).rejects.toMatchObject({ code: 'YAMA_REPAIR_NOT_NEEDED' })
    await expect(yama.repair('accept-edit', '1', { reason: 'x' })).rejects.toMatchObject({ code: 'YAMA_REPAIR_NOT_NEEDED' })
    await expect(yama.repair('mark-reverted', '1', { reason: 'x' })).rejects.toMatchObject({ code: 'YAMA_DOWN_NEEDED' })
  })
})

describe('check', () => {
  it('tells what core and plugins find', async () => {
    const dialect = fakeDialect()
    const same = [
      sqlMigration({ id: '1_a', up: 'create a' }),
      sqlMigration({ id: '01_b', up: 'create b' }),
      sqlMigration({ id: '3', up: [] }),
    ]
    const check = { id: 'mine', description: '', run: async () => [{ code: 'MINE', severity: 'warning', message: 'found' }] as const }
    await using yama = yamaOf(dialect, same, { plugins: [{ name: 'p', api: 1, checks: [check] }] })
    expect((await yama.check()).map(({ code }) => code)).toEqual(['YAMA_GRAPH_SAME_VERSION', 'YAMA_MIGRATION_EMPTY', 'MINE'])
  })
})
