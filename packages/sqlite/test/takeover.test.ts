import { copyFileSync, mkdtempSync, readlinkSync, rmSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { createYama, verifyChain, type Connection } from '@yama/core'
import { sqlite } from '@yama/sqlite'
import { memorySource, sqlMigration } from '@yama/testkit'
import { afterAll, expect, it } from 'vitest'

const PROJECT = 'default'
const pids = process.platform === 'linux' ? readlinkSync('/proc/self/ns/pid') : ''
const directory = mkdtempSync(join(tmpdir(), 'yama-takeover-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))
let count = 0
const newFile = (): string => join(directory, `${String(count++)}.db`)

async function foreignLease(connection: Connection, owner: Readonly<Record<string, unknown>>, age: number): Promise<void> {
  await connection.execute('UPDATE yama_fence SET token = 1')
  await connection.execute(
    `INSERT INTO yama_lease (key, token, owner, acquired_at, heartbeat_at, ttl_ms) VALUES ('default', 1, ?, '2026-01-01T00:00:00.000Z', strftime('%Y-%m-%dT%H:%M:%fZ', 'now', '-${String(age)} seconds'), 30000)`,
    [JSON.stringify({ pid: 4711, host: 'elsewhere', user: 'ada', application: 'yama', instance: 'x', ...owner })],
  )
}

it.each([
  ['whose heartbeat is too old', {}, 31, 'expired'],
  ['that came with a copy of the file', { place: '1:2' }, 0, 'elsewhere'],
  ['whose process on this machine is gone', { pid: 999_999_999, host: hostname(), pids }, 0, 'gone'],
])('takes over a lease %s, and says so in the history', async (_, owner, age, why) => {
  const dialect = sqlite({ file: newFile() })
  await using connection = await dialect.connect()
  await dialect.createHistory(connection, { project: PROJECT }).ensure()
  await foreignLease(connection, owner, age)
  expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'no', holder: { user: 'ada' } })
  await using yama = createYama({ dialect, sources: [memorySource([sqlMigration({ id: '001', up: 'CREATE TABLE a (n int)' })])] })
  await yama.apply(await yama.plan({ up: 'latest' }))
  const events = await yama.history()
  expect(events.map(({ type }) => type)).toEqual(['lock.taken_over', 'run.started', 'migration.succeeded', 'run.finished'])
  expect(events[0]?.payload).toMatchObject({ why, holder: { user: 'ada', pid: expect.any(String) }, token: 2 })
  expect(verifyChain(events)).toBeUndefined()
})

it('respects a lease whose heartbeat goes on, and one whose process lives in another container', async () => {
  const dialect = sqlite({ file: newFile() })
  await using connection = await dialect.connect()
  await dialect.createHistory(connection, { project: PROJECT }).ensure()
  await foreignLease(connection, { pid: 999_999_999, host: hostname(), pids: 'pid:[1]' }, 5)
  expect(await dialect.inspectLock(connection, PROJECT)).toMatchObject({ alive: 'yes', token: 1 })
  await expect(dialect.acquireLock(connection, PROJECT, { waitMs: 0 })).rejects.toMatchObject({ code: 'YAMA_LOCK_BUSY' })
})

it('is free in a copy of the file while the original is locked', async () => {
  const [file, copy] = [newFile(), newFile()]
  const dialect = sqlite({ file })
  await using connection = await dialect.connect()
  await dialect.createHistory(connection, { project: PROJECT }).ensure()
  await using _lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 0 })
  copyFileSync(file, copy)
  const restored = sqlite({ file: copy })
  await using other = await restored.connect()
  const lock = await restored.acquireLock(other, PROJECT, { waitMs: 0 })
  expect(lock.takenOver).toMatchObject({ why: 'elsewhere' })
  await lock[Symbol.asyncDispose]()
})
