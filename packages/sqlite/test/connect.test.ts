import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { sqlite } from '@yama/sqlite'

const directory = (): string => mkdtempSync(join(tmpdir(), 'yama-sqlite-'))

it('reads URLs', async () => {
  const folder = directory()
  await using one = await sqlite({ url: `sqlite:${folder}/a%20b.db` }).connect()
  expect(one.server).toMatchObject({ kind: 'sqlite', database: `${folder}/a b.db`, readOnly: false, pooler: false, major: 3 })
  await using two = await sqlite({ url: `sqlite://${folder}/c.db` }).connect()
  expect(two.server.database).toBe(`${folder}/c.db`)
  await using three = await sqlite({ url: 'sqlite::memory:' }).connect()
  expect(three.server.database).toBe(':memory:')
  for (const url of ['mysql://x', 'sqlite:', 'sqlite:a.db?password=x'])
    expect(() => sqlite({ url })).toThrow(expect.objectContaining({ code: 'YAMA_CONNECT_SQLITE_URL' }))
})

it('says what is wrong with a path', async () => {
  const folder = directory()
  await expect(sqlite({ file: join(folder, 'missing/x.db') }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_SQLITE_DIRECTORY' })
  await expect(sqlite({ file: folder }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_SQLITE_OPEN' })
  writeFileSync(join(folder, 'text.db'), 'this is a letter and certainly no database, long as it may be '.repeat(50))
  await expect(sqlite({ file: join(folder, 'text.db') }).connect()).rejects.toMatchObject({ code: 'YAMA_CONNECT_SQLITE_NOT_A_DATABASE' })
})

it('opens a file for reading only', async () => {
  const file = join(directory(), 'r.db')
  await using writer = await sqlite({ file }).connect()
  await writer.execute('CREATE TABLE t (a)')
  const dialect = sqlite({ url: `sqlite:${file}?mode=ro` })
  await using reader = await dialect.connect()
  expect(reader.server.readOnly).toBe(true)
  const error: unknown = await reader.execute('INSERT INTO t VALUES (1)').catch((cause: unknown) => cause)
  expect(dialect.describeFailure(error)).toMatchObject({ kind: 'read-only' })
  expect(await dialect.createHistory(reader, { project: 'p' }).read()).toMatchObject({ exists: false })
})

it('gives up on a file that another process keeps locked, with a code of its own', async () => {
  const file = join(directory(), 'b.db')
  await using writer = await sqlite({ file }).connect()
  await writer.execute('CREATE TABLE t (a)')
  const dialect = sqlite({ file, busyTimeoutMs: 150 })
  await using other = await dialect.connect()
  await writer.transaction(async () => {
    for (const work of [() => other.execute('INSERT INTO t VALUES (1)'), () => other.transaction(() => Promise.resolve())]) {
      const error: unknown = await work().catch((cause: unknown) => cause)
      expect(error).toMatchObject({ code: 'YAMA_SQLITE_BUSY', details: { file, waited: expect.stringMatching(/^0\.[12] s$/) } })
      expect(dialect.describeFailure(error)).toMatchObject({ kind: 'lock-timeout' })
    }
  })
  await other.execute('INSERT INTO t VALUES (1)')
})

it('takes over the lock of a process that is gone, and of one that is silent', async () => {
  const file = join(directory(), 'l.db')
  const dialect = sqlite({ file })
  await using connection = await dialect.connect()
  const first = await dialect.acquireLock(connection, 'p', { waitMs: 0 })
  const pid = Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))
  const owner = (fields: object): string =>
    JSON.stringify({ pid, host: hostname(), user: 'u', application: 'yama', instance: 'x', ...fields })
  await using other = await dialect.connect()
  const pretend = async (text: string, age: string): Promise<void> => {
    await connection.execute("UPDATE yama_lease SET owner = ?, heartbeat_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now', ?)", [text, age])
  }
  await pretend(owner({ host: 'elsewhere' }), '-5 seconds')
  await expect(dialect.acquireLock(other, 'p', { waitMs: 0 })).rejects.toMatchObject({
    code: 'YAMA_LOCK_BUSY',
    data: { host: 'elsewhere', pid: String(pid) },
  })
  await pretend(owner({ host: 'elsewhere' }), '-31 seconds')
  const second = await dialect.acquireLock(other, 'p', { waitMs: 0 })
  expect(second.token).toBeGreaterThan(first.token)
  expect(await first.isHeld()).toBe(false)
  await pretend(owner({}), '-5 seconds')
  const third = await dialect.acquireLock(connection, 'p', { waitMs: 0 })
  expect(await second.isHeld()).toBe(false)
  const history = dialect.createHistory(connection, { project: 'p' })
  await expect(other.batch([history.fence(second.token)], { transaction: true })).rejects.toMatchObject({ isBatchFailure: true, index: 0 })
  await other.batch([history.fence(third.token)], { transaction: true })
  expect((await connection.execute('SELECT count(*) AS n FROM yama_lease')).rows).toEqual([{ n: 1 }])
})

it('closes once and refuses to be used afterwards', async () => {
  const connection = await sqlite({ file: ':memory:' }).connect()
  await connection[Symbol.asyncDispose]()
  await connection[Symbol.asyncDispose]()
  await expect(connection.execute('SELECT 1')).rejects.toMatchObject({ code: 'YAMA_SQLITE_CLOSED' })
})
