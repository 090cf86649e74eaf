import { setTimeout as sleep } from 'node:timers/promises'
import { isBatchFailure, YamaError, type Connection, type Lock } from '@yama/core'
import { postgres, type ServerNotice } from '@yama/postgres'
import { describe, expect, it } from 'vitest'
import { administer, inNewDatabase, servers, withPath } from './runtime-database.ts'

const PROJECT = 'default'

describe.each(servers)('$name', ({ url }) => {
  it.each([false, true])('lets one of eight in at a time (pooler: %s)', async (pooler) => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own, pooler })
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

  it('names who holds the lock', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own, applicationName: 'deploy job' })
      await using holder = await dialect.connect()
      await using other = await dialect.connect()
      await dialect.createHistory(holder, { project: PROJECT }).ensure()
      await using _lock = await dialect.acquireLock(holder, PROJECT, { waitMs: 0 })
      const pid = String((await holder.execute('SELECT pg_backend_pid() AS pid')).rows[0]?.['pid'])
      const error: unknown = await dialect.acquireLock(other, PROJECT, { waitMs: 0 }).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ code: 'YAMA_LOCK_BUSY', data: { pid, application: 'deploy job' } })
      expect((error as Error).message).toContain(pid)
      expect((await other.execute('SELECT project, pid::text FROM yama_lock')).rows).toEqual([{ project: PROJECT, pid }])
    })
  })

  it('respects a lease that was taken through a pooler, and the mutex the other way', async () => {
    await inNewDatabase(url, async (own) => {
      const direct = postgres({ url: own })
      const pooled = postgres({ url: own, pooler: true })
      await using one = await direct.connect()
      await using two = await pooled.connect()
      await direct.createHistory(one, { project: PROJECT }).ensure()
      for (const [first, holder, second, other] of [
        [direct, one, pooled, two],
        [pooled, two, direct, one],
      ] as const) {
        const lock = await first.acquireLock(holder, PROJECT, { waitMs: 0 })
        await expect(second.acquireLock(other, PROJECT, { waitMs: 0 })).rejects.toMatchObject({ code: 'YAMA_LOCK_BUSY' })
        await lock[Symbol.asyncDispose]()
        await (await second.acquireLock(other, PROJECT, { waitMs: 0 }))[Symbol.asyncDispose]()
      }
    })
  })

  it('does not take the lock before there is a history', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await dialect.connect()
      await expect(dialect.acquireLock(connection, PROJECT, { waitMs: 0 })).rejects.toMatchObject({ code: 'YAMA_POSTGRES_LOCK_TABLES' })
    })
  })

  it('names the INVALID index that a failed concurrent build leaves', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await dialect.connect()
      await connection.execute('CREATE SCHEMA "my app"')
      await connection.execute('CREATE TABLE "my app".people AS SELECT 1 AS n FROM generate_series(1, 2)')
      const build = 'CREATE UNIQUE INDEX CONCURRENTLY people_n ON "my app".people (n)'
      const error: unknown = await connection.execute(build).catch((thrown: unknown) => thrown)
      expect(dialect.describeFailure(error)).toMatchObject({ kind: 'constraint', code: '23505' })
      await expect(dialect.checkAfter?.(connection, build)).rejects.toMatchObject({
        code: 'YAMA_POSTGRES_INVALID_INDEX',
        hint: expect.stringContaining('"my app".people_n'),
      })
      await expect(dialect.checkAfter?.(connection, 'REINDEX INDEX CONCURRENTLY "my app".people_n')).rejects.toMatchObject({
        code: 'YAMA_POSTGRES_INVALID_INDEX',
      })
      await connection.execute('DROP INDEX CONCURRENTLY "my app".people_n')
      await connection.execute('CREATE INDEX CONCURRENTLY people_n ON "my app".people (n)')
      await expect(dialect.checkAfter?.(connection, build)).resolves.toBeUndefined()
    })
  })

  it('does not let lock_timeout cut a concurrent build short', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own, lockTimeoutMs: 50 })
      await using connection = await dialect.connect()
      await using writer = await dialect.connect()
      await connection.execute('CREATE TABLE t (n integer)')
      const writing = writer.transaction(async () => {
        await writer.execute('INSERT INTO t VALUES (1)')
        await sleep(300)
      })
      await sleep(50)
      await connection.execute('CREATE INDEX CONCURRENTLY t_n ON t (n)')
      await writing
      expect((await connection.execute("SELECT current_setting('lock_timeout') AS t")).rows).toEqual([{ t: '50ms' }])
    })
  })

  it('reads with SELECT only, names the missing right, and keeps a view of the user', async () => {
    await inNewDatabase(url, async (own, name) => {
      const notices: ServerNotice[] = []
      const dialect = postgres({ url: own, onNotice: (notice) => notices.push(notice) })
      await using connection = await dialect.connect()
      await connection.execute('CREATE TABLE yama_history (mine integer)')
      await dialect.createHistory(connection, { project: PROJECT }).ensure()
      expect(notices.map((notice) => notice.message)).toEqual([expect.stringContaining('public.yama_history exists already')])
      expect((await connection.execute('SELECT * FROM yama_current_version')).rows).toEqual([])
      expect((await connection.execute('SELECT * FROM yama.yama_history')).rows).toEqual([])
      const role = `${name}-Reader`
      await administer(url, `CREATE ROLE "${role}" LOGIN`)
      try {
        const reader = postgres({ url: withPath(own, name, role) })
        await using reading = await reader.connect()
        const history = reader.createHistory(reading, { project: PROJECT })
        const refused = await history.read().then(
          () => undefined,
          (error: unknown) => error,
        )
        expect(refused).toMatchObject({ code: 'YAMA_POSTGRES_HISTORY_PERMISSION' })
        // What the error advises runs as it stands.
        const advised = /`(GRANT USAGE .*;)`/.exec(YamaError.is(refused) ? refused.hint : '')?.[1] ?? ''
        for (const sql of advised.split('; ')) await connection.execute(sql)
        expect((await history.read()).exists).toBe(true)
      } finally {
        await connection.execute(`DROP OWNED BY "${role}"`)
        await administer(url, `DROP ROLE "${role}"`)
      }
    })
  })

  it('refuses a history of a newer format', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own, historySchema: 'my history' })
      await using connection = await dialect.connect()
      await dialect.createHistory(connection, { project: PROJECT }).ensure()
      await connection.execute("UPDATE \"my history\".meta SET value = '99' WHERE key = 'format'")
      await expect(dialect.createHistory(connection, { project: PROJECT }).read()).rejects.toMatchObject({
        code: 'YAMA_POSTGRES_HISTORY_FORMAT',
      })
    })
  })

  it('knows a connection that the server ended, alone, in a batch and in a transaction', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      const kill = async (victim: Connection): Promise<void> => {
        const pid = String((await victim.execute('SELECT pg_backend_pid() AS pid')).rows[0]?.['pid'])
        await administer(url, `SELECT pg_terminate_backend(${pid})`)
        await sleep(50)
      }
      for (const work of [
        (connection: Connection) => connection.execute('SELECT 1'),
        (connection: Connection) => connection.batch([{ sql: 'SELECT 1' }], { transaction: true }),
        (connection: Connection) => connection.transaction(() => connection.execute('SELECT 1')),
      ]) {
        const connection = await dialect.connect()
        await kill(connection)
        const error: unknown = await work(connection).catch((thrown: unknown) => thrown)
        expect(dialect.describeFailure(isBatchFailure(error) ? error.cause : error).kind).toBe('disconnected')
        await connection[Symbol.asyncDispose]()
      }
    })
  })
})
