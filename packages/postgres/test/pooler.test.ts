import { createYama, definePlugin, verifyChain } from '@yama/core'
import { postgres } from '@yama/postgres'
import { memorySource, pgbouncerUrl, sqlMigration } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers } from './runtime-database.ts'

const pooled = pgbouncerUrl()
const UP = { up: 'latest' } as const

describe.skipIf(pooled === undefined)('through PgBouncer in transaction mode', () => {
  const url = pooled ?? ''

  it('sees the pooler although nothing says that there is one', async () => {
    await using connection = await postgres({ url }).connect()
    expect(connection.server.pooler).toBe(true)
  })

  it('believes what is said', async () => {
    await using said = await postgres({ url, pooler: true }).connect()
    expect(said.server.pooler).toBe(true)
    await expect(postgres({ url, pooler: false }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_FAILED' })
  })

  it('runs, reverts and leaves nothing in the sessions that others get next', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own, lockTimeoutMs: 4321 })
      const migrations = [
        sqlMigration({ id: '001', up: ['CREATE SCHEMA app', 'CREATE TABLE app.a (n int)'], down: ['DROP TABLE app.a', 'DROP SCHEMA app'] }),
        sqlMigration({ id: '002', up: ['SET LOCAL search_path = app', 'CREATE TABLE b (n int)'], down: 'DROP TABLE app.b' }),
      ]
      await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
      expect((await yama.apply(await yama.plan(UP))).applied).toEqual(['001', '002'])
      const plan = await yama.plan({ down: 1 })
      await yama.apply(plan, { confirm: plan.digest })
      expect(verifyChain(await yama.history())).toBeUndefined()
      await using connection = await dialect.connect()
      const { rows } = await connection.execute(
        `SELECT current_setting('lock_timeout') AS a, current_setting('search_path') AS b, (SELECT count(*)::int FROM pg_prepared_statements) AS c, (SELECT count(*)::int FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS d`,
      )
      expect(rows).toEqual([{ a: '0', b: '"$user", public', c: 0, d: 0 }])
    })
  })

  it.each([
    ['runs outside a transaction', [{ alone: 'CREATE INDEX CONCURRENTLY a_n ON a (n)' }]],
    ['changes the session', ['SET search_path = x']],
    ['comes from a dump', ["SELECT pg_catalog.set_config('search_path', '', false)"]],
  ])('refuses what %s before anything runs, and asks for directUrl', async (_, up) => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      const migrations = [sqlMigration({ id: '001', up: 'CREATE TABLE a (n int)' }), sqlMigration({ id: '002', up })]
      await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
      const plan = await yama.plan(UP)
      expect(plan.diagnostics).toMatchObject([{ code: 'YAMA_DIRECT_URL_NEEDED', severity: 'warning', migration: '002' }])
      await expect(yama.apply(plan)).rejects.toMatchObject({
        code: 'YAMA_DIRECT_URL_NEEDED',
        details: { id: '002' },
        hint: expect.stringContaining('directUrl'),
      })
      expect((await yama.status()).history.exists).toBe(false)
    })
  })

  it('lets one of eight in at a time, and the mutex of a direct session counts', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      const connections = await Promise.all(Array.from({ length: 8 }, () => dialect.connect()))
      await Promise.all(connections.map((connection) => dialect.createHistory(connection, { project: 'default' }).ensure()))
      let inside = 0
      const tokens: number[] = []
      await Promise.all(
        connections.map(async (connection) => {
          const lock = await dialect.acquireLock(connection, 'default', { waitMs: 60_000 })
          expect(++inside).toBe(1)
          tokens.push(lock.token)
          await connection.execute('SELECT pg_sleep(0.01)')
          inside--
          await lock[Symbol.asyncDispose]()
        }),
      )
      expect(tokens.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
    })
  })

  it('fences out an owner that slept too long: its next write is refused and nothing of it is kept', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      let woke: () => void = () => undefined
      const asleep = new Promise<void>((resolve) => (woke = resolve))
      let reached: () => void = () => undefined
      const there = new Promise<void>((resolve) => (reached = resolve))
      const sources = [
        memorySource([
          sqlMigration({ id: '001', up: 'CREATE TABLE a (n int)' }),
          sqlMigration({ id: '002', up: 'CREATE TABLE b (n int)' }),
        ]),
      ]
      const sleeper = definePlugin(() => ({
        name: 'sleeper',
        hooks: {
          migration: async ({ node }, next) => {
            if (node.migration.id === '002') {
              reached()
              await asleep
            }
            await next()
          },
        },
      }))
      await using slow = createYama({ dialect, sources, plugins: [sleeper()] })
      const running = slow.apply(await slow.plan(UP)).catch((error: unknown) => error)
      await there
      await using connection = await dialect.connect()
      await connection.execute("UPDATE yama.lease SET heartbeat_at = now() - interval '1 minute'")
      await using quick = createYama({ dialect, sources })
      expect((await quick.apply(await quick.plan(UP))).applied).toEqual(['002'])
      woke()
      expect(await running).toMatchObject({ code: 'YAMA_LOCK_LOST', details: { effects: 'Nothing of it is kept.' } })
      const events = await quick.history()
      expect(verifyChain(events)).toBeUndefined()
      expect(events.filter(({ type }) => type === 'migration.succeeded').map(({ migrationId }) => migrationId)).toEqual(['001', '002'])
      expect(events.map(({ type }) => type)).toContain('lock.taken_over')
    })
  })
})

describe.skipIf(pooled === undefined)('a holder behind PgBouncer that is inside a transaction', () => {
  it('keeps its lock against a forced release, which says why', async () => {
    await inNewDatabase(pooled ?? '', async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await dialect.connect()
      const history = dialect.createHistory(connection, { project: 'default' })
      await history.ensure()
      const lock = await dialect.acquireLock(connection, 'default', { waitMs: 0 })
      await using yama = createYama({ dialect, sources: [] })
      await connection.transaction(async () => {
        await connection.batch([history.fence(lock.token)], { transaction: false })
        await expect(yama.releaseLock({ reason: 'now', force: true })).rejects.toMatchObject({ code: 'YAMA_LOCK_WRITING' })
      })
      expect(await lock.isHeld()).toBe(true)
      await yama.releaseLock({ reason: 'now', force: true })
      expect(await lock.isHeld()).toBe(false)
    })
  }, 30_000)
})

describe.each(servers)('$name, direct', ({ url }) => {
  it.each(['', '?pooler=false', '?options=-c%20work_mem%3D8MB'])('is not taken for a pooler (%s)', async (query) => {
    await using connection = await postgres({ url: `${url}${query}` }).connect()
    expect(connection.server.pooler).toBe(false)
    expect((await connection.execute("SELECT current_setting('lock_timeout') AS t")).rows).toEqual([{ t: '3s' }])
  })
})
