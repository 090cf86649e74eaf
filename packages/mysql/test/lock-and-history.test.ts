import { setTimeout as sleep } from 'node:timers/promises'
import type { Lock } from '@yama/core'
import { createYama } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

const PROJECT = 'default'

describe.each(servers)('$name', ({ url }) => {
  it('lets one of eight in at a time', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const connections = await Promise.all(Array.from({ length: 8 }, () => dialect.connect()))
      await Promise.all(connections.map((connection) => dialect.createHistory(connection, { project: PROJECT }).ensure()))
      let inside = 0
      const tokens: number[] = []
      await Promise.all(
        connections.map(async (connection) => {
          const lock: Lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 60_000 })
          expect(++inside).toBe(1)
          tokens.push(lock.token)
          await sleep(5)
          inside--
          await lock[Symbol.asyncDispose]()
        }),
      )
      expect(tokens.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
      await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
    })
  })

  it('names who holds the lock, in the refusal and in the view', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using holder = await dialect.connect()
      await using other = await dialect.connect()
      await dialect.createHistory(holder, { project: PROJECT }).ensure()
      const lock = await dialect.acquireLock(holder, PROJECT, { waitMs: 0 })
      const pid = String((await holder.execute('SELECT CONNECTION_ID() AS pid')).rows[0]?.['pid'])
      const error: unknown = await dialect.acquireLock(other, PROJECT, { waitMs: 0 }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'YAMA_LOCK_BUSY', data: { pid, application: 'yama', since: expect.any(String) } })
      expect((error as Error).message).toContain(pid)
      expect((await other.execute('SELECT project, pid FROM yama_lock')).rows).toEqual([{ project: PROJECT, pid }])
      await lock[Symbol.asyncDispose]()
      expect((await other.execute('SELECT project, pid FROM yama_lock')).rows).toEqual([])
    })
  })

  it('keeps two databases of one server apart, and two projects of one database', async () => {
    await inNewDatabase(url, async (first) => {
      await inNewDatabase(url, async (second) => {
        const dialects = [dialectOf(first), dialectOf(second)] as const
        await using one = await dialects[0].connect()
        await using two = await dialects[1].connect()
        await dialects[0].createHistory(one, { project: PROJECT }).ensure()
        await dialects[1].createHistory(two, { project: PROJECT }).ensure()
        await using _a = await dialects[0].acquireLock(one, PROJECT, { waitMs: 0 })
        await using _b = await dialects[1].acquireLock(two, PROJECT, { waitMs: 0 })
        await using _c = await dialects[1].acquireLock(two, 'billing', { waitMs: 0 })
      })
    })
  })

  it('survives DDL, and is gone with its session', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using other = await dialect.connect()
      const holder = await dialect.connect()
      await dialect.createHistory(holder, { project: PROJECT }).ensure()
      const lock = await dialect.acquireLock(holder, PROJECT, { waitMs: 0 })
      await holder.execute('CREATE TABLE t (a INT)')
      expect(await lock.isHeld()).toBe(true)
      const { rows } = await holder.execute('SELECT CONNECTION_ID() AS pid')
      await other.execute(`KILL ${String(rows[0]?.['pid'])}`)
      const next = await dialect.acquireLock(other, PROJECT, { waitMs: 10_000 })
      expect(next.token).toBe(lock.token + 1)
      expect(await lock.isHeld()).toBe(false)
      await lock[Symbol.asyncDispose]()
      await next[Symbol.asyncDispose]()
      await holder[Symbol.asyncDispose]()
    })
  })

  it('does not take the lock before there is a history', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      await expect(dialect.acquireLock(connection, PROJECT, { waitMs: 0 })).rejects.toMatchObject({ code: 'YAMA_MYSQL_LOCK_TABLES' })
    })
  })

  it('shows the history to people with a SQL prompt', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      const migrations = [
        sqlMigration({ id: '001_a', up: 'CREATE TABLE a (id INT)', down: 'DROP TABLE a' }),
        sqlMigration({ id: '002_b', up: 'CREATE TABLE b (id INT)', down: 'DROP TABLE b' }),
        sqlMigration({ id: '003_c', up: 'CREATE TABLE a (id INT)' }),
      ]
      await using yama = createYama({ dialect, sources: [memorySource(migrations)], actor: { user: 'ada' } })
      await expect(yama.apply(await yama.plan({ up: 'latest' }))).rejects.toMatchObject({ code: 'YAMA_MIGRATION_FAILED' })
      const plan = await yama.plan({ down: 1 })
      await yama.apply(plan, { confirm: plan.digest })
      await using connection = await dialect.connect()
      const { rows } = await connection.execute('SELECT version, name, success, applied_by, direction FROM yama_history')
      expect(rows.map((row) => Object.values(row).join(' '))).toEqual([
        '001 001_a 1 ada up',
        '002 002_b 1 ada up',
        '003_c 003_c 0 ada up',
        '002 002_b 1 ada down',
      ])
      expect((await connection.execute('SELECT version, name, project FROM yama_current_version')).rows).toEqual([
        { version: '001', name: '001_a', project: PROJECT },
      ])
    })
  })

  it('says what is known when the connection breaks during DDL, and the next run goes on where it stopped', async () => {
    await inNewDatabase(url, async (own, database) => {
      const dialect = dialectOf(own)
      const up = ['CREATE TABLE a (id INT)', 'CREATE TABLE b AS SELECT x AS n FROM (SELECT 1 AS x UNION SELECT 2) t WHERE SLEEP(5) = 0']
      const sources = [memorySource([sqlMigration({ id: '001', up })])]
      {
        await using yama = createYama({ dialect, sources })
        const running = yama.apply(await yama.plan({ up: 'latest' })).catch((error: unknown) => error)
        await using other = await dialect.connect()
        const find = `SELECT id FROM information_schema.processlist WHERE db = '${database}' AND info LIKE 'CREATE TABLE b%'`
        let rows = (await other.execute(find)).rows
        for (let tries = 0; rows.length === 0 && tries < 100; tries++) {
          await sleep(20)
          rows = (await other.execute(find)).rows
        }
        await other.execute(`KILL ${String(rows[0]?.['id'])}`)
        expect(await running).toMatchObject({
          code: 'YAMA_RUN_DISCONNECTED',
          details: { state: 'A new connection shows that it was begun; the next run goes on where it stopped' },
        })
      }
      // The server killed the statement with the session: the table is not there, so it runs again, and a is not made twice.
      await using yama = createYama({
        dialect,
        sources: [memorySource([sqlMigration({ id: '001', up: [up[0]!, 'CREATE TABLE b (n INT)'] })])],
      })
      expect(await yama.apply(await yama.plan({ up: 'latest' }))).toMatchObject({ applied: ['001'] })
    })
  })

  it('refuses a history that a newer version wrote', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await dialect.connect()
      const history = dialect.createHistory(connection, { project: PROJECT })
      await history.ensure()
      await connection.execute("UPDATE yama_meta SET value = '99' WHERE `key` = 'format'")
      for (const work of [history.read(), history.ensure()])
        await expect(work).rejects.toMatchObject({ code: 'YAMA_MYSQL_HISTORY_FORMAT', details: { found: 99 } })
    })
  })

  it('writes its history where it belongs after a migration said USE', async () => {
    await inNewDatabase(url, async (own) => {
      await inNewDatabase(url, async (_, other) => {
        const dialect = dialectOf(own)
        const migrations = [sqlMigration({ id: '001', up: [`USE ${other}`, 'CREATE TABLE a (id INT)'] })]
        await using yama = createYama({ dialect, sources: [memorySource(migrations)] })
        expect((await yama.apply(await yama.plan({ up: 'latest' }))).applied).toEqual(['001'])
        expect((await yama.status()).applied).toHaveLength(1)
      })
    })
  })
})
