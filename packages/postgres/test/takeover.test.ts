import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { createYama, verifyChain, type Connection, type Dialect } from '@yama/core'
import { postgres } from '@yama/postgres'
import { memorySource, sqlMigration } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { inNewDatabase, servers } from './runtime-database.ts'

const PROJECT = 'default'
const pids = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''

async function ready(dialect: Dialect): Promise<Connection> {
  const connection = await dialect.connect()
  await dialect.createHistory(connection, { project: PROJECT }).ensure()
  return connection
}

/** A lease as it stands there when its owner cannot be asked: another machine, behind a pooler. */
async function foreignLease(connection: Connection, change: string): Promise<void> {
  await connection.execute(
    `INSERT INTO yama.lease (project, token, mode, pid, owner, acquired_at, heartbeat_at, ttl_ms)
VALUES ('default', 1, 'lease', 1, '{"pid": 4711, "host": "elsewhere", "user": "ada", "application": "yama", "instance": "x"}', now(), now(), 30000)`,
  )
  await connection.execute("INSERT INTO yama.fence (project, token) VALUES ('default', 1)")
  await connection.execute(`UPDATE yama.lease SET ${change}`)
}

describe.each(servers)('$name', ({ url }) => {
  describe.each([false, true])('with pooler: %s', (pooler) => {
    it.each([
      ['whose heartbeat is too old', "heartbeat_at = now() - interval '31 seconds'", 'expired'],
      ['that came with a dump of another database', `owner = owner || '{"place": "1/2"}'`, 'elsewhere'],
      ['whose session has ended', "mode = 'session'", 'gone'],
      [
        'whose process on this machine is gone',
        `owner = owner || jsonb_build_object('pid', 999999999, 'host', '${hostname()}', 'pids', '${pids}')`,
        'gone',
      ],
    ])('takes over a lease %s, and says so in the history', async (_, change, why) => {
      await inNewDatabase(url, async (own) => {
        const dialect = postgres({ url: own, pooler })
        await using connection = await ready(dialect)
        await foreignLease(connection, change)
        expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'no', holder: { user: 'ada' } })
        await using yama = createYama({ dialect, sources: [memorySource([sqlMigration({ id: '001', up: 'CREATE TABLE a (n int)' })])] })
        await yama.apply(await yama.plan({ up: 'latest' }))
        const events = await yama.history()
        expect(events.map(({ type }) => type)).toEqual(['lock.taken_over', 'run.started', 'migration.succeeded', 'run.finished'])
        expect(events[0]?.payload).toMatchObject({ why, holder: { user: 'ada', pid: expect.any(String) }, token: 2 })
        expect(verifyChain(events)).toBeUndefined()
      })
    })

    it('respects a lease whose heartbeat goes on', async () => {
      await inNewDatabase(url, async (own) => {
        const dialect = postgres({ url: own, pooler })
        await using connection = await ready(dialect)
        await foreignLease(connection, 'ttl_ms = 30000')
        expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'yes', token: 1 })
        await expect(dialect.acquireLock(connection, PROJECT, { waitMs: 0 })).rejects.toMatchObject({
          code: 'YAMA_LOCK_BUSY',
          data: { pid: '4711', host: 'elsewhere', user: 'ada' },
        })
        // The mutex of the attempt is not kept.
        const locks = await connection.execute(
          "SELECT FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())",
        )
        expect(locks.rows).toEqual([])
      })
    })

    it('renews its lease on a session of its own while a transaction goes on, and says what it is at', async () => {
      await inNewDatabase(url, async (own) => {
        const dialect = postgres({ url: own, pooler })
        await using connection = await ready(dialect)
        await using other = await dialect.connect()
        const history = dialect.createHistory(connection, { project: PROJECT })
        const lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 0 })
        lock.note?.('007_long')
        await connection.transaction(async () => {
          await connection.batch([history.fence(lock.token)], { transaction: false })
          for (let tries = 0; tries < 100; tries++) {
            if ((await dialect.inspectLock(other, PROJECT))?.holder.migration !== undefined) break
            await connection.execute('SELECT pg_sleep(0.1)')
          }
        })
        expect(await dialect.inspectLock(other, PROJECT)).toMatchObject({ alive: 'yes', holder: { migration: '007_long' } })
        await lock[Symbol.asyncDispose]()
      })
    }, 30_000)
  })

  it('works for a user who may not know which server this is', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = postgres({ url: own })
      await using connection = await ready(dialect)
      // What a host that withholds it answers: the function of the catalogue cannot be called.
      await connection.execute('REVOKE EXECUTE ON FUNCTION pg_catalog.pg_control_system() FROM PUBLIC')
      const role = `w_${Math.random().toString(36).slice(2, 10)}`
      await connection.execute(`CREATE ROLE ${role} LOGIN`)
      try {
        await connection.execute(`GRANT ALL ON SCHEMA yama TO ${role}`)
        await connection.execute(`GRANT ALL ON ALL TABLES IN SCHEMA yama TO ${role}`)
        const named = new URL(own)
        named.username = role
        const withheld = postgres({ url: named.href })
        await using other = await withheld.connect()
        const lock = await withheld.acquireLock(other, PROJECT, { waitMs: 0 })
        expect(await withheld.inspectLock(other, PROJECT)).toMatchObject({ alive: 'yes', token: lock.token })
        await lock[Symbol.asyncDispose]()
      } finally {
        await connection.execute(`DROP OWNED BY ${role}`)
        await connection.execute(`DROP ROLE ${role}`)
      }
    })
  })
})
