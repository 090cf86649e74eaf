import { createYama, verifyChain } from '@yama/core'
import { postgres } from '@yama/postgres'
import { memorySource, sqlMigration } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers } from './runtime-database.ts'

const UP = { up: 'latest' } as const

describe.each(servers)('$name', ({ url }) => {
  it('builds an index CONCURRENTLY while other runs wait for the lock, for it waits for none of them', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      const migrations = [
        sqlMigration({ id: '001', up: 'CREATE TABLE a AS SELECT n FROM generate_series(1, 200000) AS n' }),
        sqlMigration({ id: '002', up: [{ alone: 'CREATE INDEX CONCURRENTLY a_n ON a (n)' }] }),
        sqlMigration({ id: '003', up: 'CREATE TABLE b (n int)' }),
      ]
      const sources = [memorySource(migrations)]
      const waits: number[] = []
      const watcher = {
        name: 'watcher',
        api: 1,
        hooks: { event: ({ type }: { readonly type: string }) => void (type === 'lock:waiting' && waits.push(1)) },
      } as const
      const runs = Array.from({ length: 6 }, async () => {
        await using yama = createYama({ dialect, sources, plugins: [watcher], lockWaitMs: Infinity })
        const plan = await yama.plan(UP)
        return await yama.apply(plan).then(
          ({ applied }) => applied.length,
          (error: unknown) => (error as { readonly code: string; readonly data?: { readonly fulfilled?: boolean } }).data?.fulfilled,
        )
      })
      // One did all of it, the others find it done.
      expect((await Promise.all(runs)).toSorted()).toEqual([3, true, true, true, true, true])
      expect(waits.length).toBeGreaterThan(0)
      await using connection = await dialect.connect()
      const { rows } = await connection.execute("SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_n'::regclass")
      expect(rows).toEqual([{ indisvalid: true }])
      await using yama = createYama({ dialect, sources })
      expect(verifyChain(await yama.history())).toBeUndefined()
    })
  })

  it('holds no snapshot on any connection while it waits for the lock', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using holder = await dialect.connect()
      await dialect.createHistory(holder, { project: 'default' }).ensure()
      const lock = await dialect.acquireLock(holder, 'default', { waitMs: 0 })
      // Longer than the first heartbeat.
      lock.note?.('001')
      await using waiting = await dialect.connect()
      const controller = new AbortController()
      const attempt = dialect.acquireLock(waiting, 'default', { waitMs: Infinity, signal: controller.signal }).catch(() => 'stopped')
      const seen: unknown[] = []
      for (const end = performance.now() + 4000; performance.now() < end;) {
        const { rows } = await holder.execute(
          `SELECT pid, state, xact_start < clock_timestamp() - interval '1 second' AS old, query FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND (backend_xmin IS NOT NULL OR backend_xid IS NOT NULL)`,
        )
        seen.push(...rows.filter((row) => row['old'] === true || row['state'] === 'idle in transaction'))
        await new Promise((resolve) => setTimeout(resolve, 20))
      }
      expect(seen).toEqual([])
      controller.abort()
      expect(await attempt).toBe('stopped')
      await lock[Symbol.asyncDispose]()
    })
  })

  it('makes the history once when 32 start together on an empty database', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      const connections = await Promise.all(Array.from({ length: 32 }, () => dialect.connect()))
      try {
        const histories = connections.map((connection) => dialect.createHistory(connection, { project: 'default' }))
        await Promise.all(histories.map((history) => history.ensure()))
        const ids = new Set((await Promise.all(histories.map((history) => history.read()))).map(({ databaseId }) => databaseId))
        expect(ids.size).toBe(1)
      } finally {
        await Promise.all(connections.map((connection) => connection[Symbol.asyncDispose]()))
      }
    })
  })
})
