import { expect, it } from 'vitest'
import { createYama, verifyChain, YamaError, type Connection, type Lock } from '@yama/core'
import { memorySource } from '../build/memory-source.ts'
import { PROJECT, rowCount, type Opened, type SuiteContext } from './suite-context.ts'

export function lockCases({ open, concurrent, language }: SuiteContext): void {
  const take = (opened: Opened, connection: Connection, waitMs = 0, signal?: AbortSignal): Promise<Lock> =>
    opened.dialect.acquireLock(connection, PROJECT, signal === undefined ? { waitMs } : { waitMs, signal })

  const ready = async (): Promise<{ readonly opened: Opened; readonly connection: Connection }> => {
    const opened = await open()
    const connection = await opened.connect()
    await opened.dialect.createHistory(connection, { project: PROJECT }).ensure()
    return { opened, connection }
  }

  it('is held until it is released, and its token increases', async () => {
    const { opened, connection } = await ready()
    const first = await take(opened, connection)
    expect(first.key).toBe(PROJECT)
    expect(await first.isHeld()).toBe(true)
    await first[Symbol.asyncDispose]()
    expect(await first.isHeld()).toBe(false)
    const second = await take(opened, connection)
    expect(second.token).toBeGreaterThan(first.token)
    await second[Symbol.asyncDispose]()
    await second[Symbol.asyncDispose]()
  })

  it.skipIf(!concurrent)('lets one session in, and the next one after it', async () => {
    const { opened, connection } = await ready()
    const other = await opened.connect()
    const lock = await take(opened, connection)
    await expect(take(opened, other)).rejects.toMatchObject({ code: 'YAMA_LOCK_BUSY' })
    await lock[Symbol.asyncDispose]()
    const second = await take(opened, other)
    expect(second.token).toBeGreaterThan(lock.token)
    await second[Symbol.asyncDispose]()
  })

  it.skipIf(!concurrent)('is taken over from nobody who gave it back', async () => {
    const { opened } = await ready()
    const takenOver: unknown[] = []
    const turns = async (connection: Connection): Promise<void> => {
      for (let turn = 0; turn < 60; turn++) {
        const lock = await take(opened, connection).catch((error: unknown) => {
          if (!(YamaError.is(error) && error.code === 'YAMA_LOCK_BUSY')) throw error
        })
        if (lock?.takenOver !== undefined) takenOver.push(lock.takenOver)
        await lock?.[Symbol.asyncDispose]()
      }
    }
    const connections = await Promise.all(Array.from({ length: 6 }, () => opened.connect()))
    await Promise.all(connections.map(turns))
    expect(takenOver).toEqual([])
  })

  it.skipIf(!concurrent)('gives up at once with waitMs 0, and says who holds it while it waits', async () => {
    const { opened, connection } = await ready()
    const other = await opened.connect()
    const lock = await take(opened, connection)
    const start = performance.now()
    await expect(take(opened, other)).rejects.toMatchObject({ code: 'YAMA_LOCK_BUSY' })
    expect(performance.now() - start).toBeLessThan(2000)
    const waits: number[] = []
    const waiting = opened.dialect.acquireLock(other, PROJECT, { waitMs: 20_000, onWait: (_, waited) => waits.push(waited) })
    setTimeout(() => void lock[Symbol.asyncDispose](), 250)
    const second = await waiting
    expect(waits.length).toBeGreaterThan(0)
    await second[Symbol.asyncDispose]()
  })

  it.skipIf(!concurrent)('stops waiting when the signal says so', async () => {
    const { opened, connection } = await ready()
    const lock = await take(opened, connection)
    const controller = new AbortController()
    setTimeout(() => controller.abort(), 100)
    const start = performance.now()
    await expect(take(opened, await opened.connect(), 30_000, controller.signal)).rejects.toBeDefined()
    expect(performance.now() - start).toBeLessThan(5000)
    expect(await lock.isHeld()).toBe(true)
    await lock[Symbol.asyncDispose]()
  })

  it.skipIf(!concurrent)('frees the lock of a session that ended', async () => {
    const { opened } = await ready()
    const dying = await opened.dialect.connect()
    const lost = await take(opened, dying)
    await dying[Symbol.asyncDispose]()
    const connection = await opened.connect()
    const next = await take(opened, connection, 45_000)
    expect(next.token).toBeGreaterThan(lost.token)
    await next[Symbol.asyncDispose]()
  })

  it.skipIf(!concurrent)('turns the fence of an earlier owner stale', async () => {
    const { opened, connection } = await ready()
    const history = opened.dialect.createHistory(connection, { project: PROJECT })
    await connection.execute(language.create('suite_a'))
    const first = await take(opened, connection)
    await first[Symbol.asyncDispose]()
    const second = await take(opened, await opened.connect())
    await expect(
      connection.batch([history.fence(first.token), { sql: language.insert('suite_a', 1) }], { transaction: true }),
    ).rejects.toMatchObject({ index: 0 })
    await second[Symbol.asyncDispose]()
  })

  it('tells who holds it without touching it', async () => {
    const { opened, connection } = await ready()
    const { dialect } = opened
    expect(await dialect.inspectLock(connection, PROJECT)).toBeUndefined()
    const lock = await dialect.acquireLock(connection, PROJECT, { waitMs: 0, actor: { osUser: 'ada', ciUrl: 'https://ci.example.org/7' } })
    const report = await dialect.inspectLock(connection, PROJECT)
    expect(report).toMatchObject({ key: PROJECT, token: lock.token, alive: 'yes', holder: { since: expect.any(String) } })
    expect(report?.evidence.length).toBeGreaterThan(0)
    expect(await lock.isHeld()).toBe(true)
    await lock[Symbol.asyncDispose]()
    expect(await dialect.inspectLock(connection, PROJECT)).toBeUndefined()
  })

  it.skipIf(!concurrent)('is taken by force from a holder that is alive, which can then commit nothing', async () => {
    const { opened, connection } = await ready()
    const { dialect } = opened
    const history = dialect.createHistory(connection, { project: PROJECT })
    await connection.execute(language.create('suite_a'))
    const lock = await take(opened, connection)
    await using yama = createYama({ dialect, sources: [memorySource([])], actor: { osUser: 'ada' } })
    expect(await yama.lock()).toMatchObject({ alive: 'yes', token: lock.token })
    await expect(yama.releaseLock({ reason: 'stuck' })).rejects.toMatchObject({ code: 'YAMA_LOCK_ALIVE' })
    await expect(yama.releaseLock({ reason: ' ', force: true })).rejects.toMatchObject({ code: 'YAMA_REASON_MISSING' })
    expect(await lock.isHeld()).toBe(true)
    await yama.releaseLock({ reason: 'stuck', force: true })
    await expect(
      connection.batch([history.fence(lock.token), { sql: language.insert('suite_a', 1) }], { transaction: true }),
    ).rejects.toBeDefined()
    const other = await opened.connect()
    expect(await rowCount(other, language, 'suite_a')).toBe(0)
    expect(await lock.isHeld()).toBe(false)
    expect(await yama.lock()).toBeUndefined()
    await expect(yama.releaseLock({ reason: 'again' })).rejects.toMatchObject({ code: 'YAMA_LOCK_FREE' })
    const next = await take(opened, other)
    expect(next.token).toBeGreaterThan(lock.token)
    await next[Symbol.asyncDispose]()
    // What is released was not taken over: it was given back by a person.
    expect(next.takenOver).toBeUndefined()
    const events = await yama.history()
    expect(events.map(({ type }) => type)).toEqual(['lock.released'])
    expect(events[0]).toMatchObject({
      payload: { reason: 'stuck', forced: true, alive: 'yes', token: lock.token },
      actor: { osUser: 'ada' },
    })
    expect(verifyChain(events)).toBeUndefined()
    await lock[Symbol.asyncDispose]()
  })
}
