import { readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { createYama, verifyChain, type Connection, type Dialect } from '@yama/core'
import { memorySource, sqlMigration } from '@yama/testkit'
import { describe, expect, it } from 'vitest'
import { dialectOf, inNewDatabase, servers } from './runtime-database.ts'

const PROJECT = 'default'
const pids = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''

async function ready(dialect: Dialect): Promise<Connection> {
  const connection = await dialect.connect()
  await dialect.createHistory(connection, { project: PROJECT }).ensure()
  return connection
}

/** A lease as it stands there when its owner cannot be asked: another machine, through another node of a cluster. */
async function foreignLease(connection: Connection, owner: Readonly<Record<string, unknown>>, age: number): Promise<void> {
  const all = { pid: 4711, host: 'elsewhere', user: 'ada', application: 'yama', instance: 'x', node: 'another', ...owner }
  await connection.execute(
    `INSERT INTO yama_lease (project, token, name, mode, pid, owner, acquired_at, heartbeat_at, ttl_ms)
VALUES ('default', 1, 'x', 'session', 1, ?, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6) - INTERVAL ${String(age)} SECOND, 30000)`,
    [JSON.stringify(all)],
  )
  await connection.execute("INSERT INTO yama_fence (project, token) VALUES ('default', 1)")
}

describe.each(servers)('$name', ({ url }) => {
  it.each([
    ['whose heartbeat is too old', {}, 31, 'expired'],
    ['that came with a dump of another database', { place: 'other/db' }, 0, 'elsewhere'],
    ['whose session has ended', { node: undefined }, 0, 'gone'],
    ['whose process on this machine is gone', { pid: 999_999_999, host: hostname(), pids }, 0, 'gone'],
  ])('takes over a lease %s, and says so in the history', async (_, owner, age, why) => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await ready(dialect)
      await foreignLease(connection, owner, age)
      expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'no', holder: { user: 'ada' } })
      await using yama = createYama({ dialect, sources: [memorySource([sqlMigration({ id: '001', up: 'CREATE TABLE a (n int)' })])] })
      await yama.apply(await yama.plan({ up: 'latest' }))
      const events = await yama.history()
      expect(events.map(({ type }) => type)).toEqual(['lock.taken_over', 'run.started', 'migration.succeeded', 'run.finished'])
      expect(events[0]?.payload).toMatchObject({ why, holder: { user: 'ada', pid: expect.any(String) }, token: 2 })
      expect(verifyChain(events)).toBeUndefined()
    })
  })

  it('respects the lease of another node of the cluster while its heartbeat goes on', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await ready(dialect)
      await foreignLease(connection, {}, 5)
      expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'yes', token: 1 })
      await expect(dialect.acquireLock(connection, PROJECT, { waitMs: 0 })).rejects.toMatchObject({
        code: 'YAMA_LOCK_BUSY',
        data: { pid: '4711', host: 'elsewhere', user: 'ada' },
      })
      // The mutex of the attempt is not kept.
      await connection.execute('DELETE FROM yama_lease')
      await using other = await dialect.connect()
      await (await dialect.acquireLock(other, PROJECT, { waitMs: 0 }))[Symbol.asyncDispose]()
    })
  })

  it('renews its lease on a session of its own while a statement goes on, and says what it is at', async () => {
    await inNewDatabase(url, async (own) => {
      const dialect = dialectOf(own)
      await using connection = await ready(dialect)
      await using other = await dialect.connect()
      const lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 0 })
      lock.note?.('007_long')
      await connection.execute('SELECT SLEEP(4)')
      expect(await dialect.inspectLock(other, PROJECT)).toMatchObject({ alive: 'yes', holder: { migration: '007_long' } })
      await lock[Symbol.asyncDispose]()
    })
  })

  it('does not share its lock with a copy of the database on the same server', async () => {
    await inNewDatabase(url, async (first) => {
      await inNewDatabase(url, async (second) => {
        const [one, two] = [dialectOf(first), dialectOf(second)]
        await using original = await ready(one)
        await using copy = await ready(two)
        const id = String((await original.execute("SELECT value FROM yama_meta WHERE `key` = 'db_uuid'")).rows[0]?.['value'])
        await copy.execute("UPDATE yama_meta SET value = ? WHERE `key` = 'db_uuid'", [id])
        await using _a = await one.acquireLock(original, PROJECT, { waitMs: 0 })
        await using _b = await two.acquireLock(copy, PROJECT, { waitMs: 0 })
      })
    })
  })
})
