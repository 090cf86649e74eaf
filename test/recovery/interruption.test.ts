import { randomBytes } from 'node:crypto'
import { createYama, YamaError, type Dialect, type Migration, type Yama } from '@yama/core'
import { mysqlTargets, postgresTargets } from '@yama/testkit'
import { faultDialect, memorySource, sqlMigration, type FaultWatcher } from '@yama/testkit/faults'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { fileArena, serverArena, type Arena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { muteProxy } from './mute-proxy.ts'
import { statementsOf } from './scenario.ts'

const UP = { up: 'latest' } as const
const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = await Promise.all(
  [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())].map(({ name, url }) =>
    serverArena(name, url, `yama_stop_${randomBytes(4).toString('hex')}`),
  ),
)
const files: readonly Arena[] = [fileArena('sqlite')]
const base = sqlMigration({ id: '001', up: 'CREATE TABLE a (id int)' })

const yamaOf = (dialect: Dialect, migrations: readonly Migration[], watch: FaultWatcher = () => undefined): Yama =>
  createYama({ dialect: faultDialect(dialect, statementsOf(migrations), watch), sources: [memorySource(migrations)] })
const failure = async (work: Promise<unknown>): Promise<YamaError> => {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!YamaError.is(error)) throw error ?? new Error('it did not fail')
  return error
}
afterAll(async () => {
  for (const arena of [...files, ...servers]) await arena.close()
})

describe.each(servers)('$name', (arena) => {
  beforeEach(() => arena.reset())

  test('a COMMIT that nobody answered is looked up, and is not done again', async () => {
    const target = new URL(arena.url)
    await using proxy = await muteProxy({ host: target.hostname, port: Number(target.port) })
    const url = Object.assign(new URL(arena.url), { port: String(proxy.port) }).href
    const migrations = [base, sqlMigration({ id: '002', up: 'INSERT INTO a VALUES (1)' })]
    let ends = 0
    await using yama = yamaOf(dialectAt(url), migrations, ({ kind, phase }) => {
      if (kind === 'end' && phase === 'during' && ++ends === 2) proxy.cut(300)
    })
    await yama.apply(await yama.plan({ up: '001' }))
    ends = 1
    const error = await failure(yama.apply(await yama.plan(UP)))
    expect(error).toMatchObject({ code: 'YAMA_RUN_DISCONNECTED', details: { done: 1, state: expect.stringContaining('was committed') } })
    expect((await yama.plan(UP)).migrations).toEqual([])
    await using connection = await dialectAt(arena.url).connect()
    expect((await connection.execute('SELECT id FROM a')).rows).toEqual([{ id: 1 }])
  })

  test('a signal cancels the statement on the server, and the lock is free afterwards', async () => {
    const slow = arena.url.startsWith('postgres')
      ? 'INSERT INTO a SELECT 1 FROM pg_sleep(20)'
      : 'INSERT INTO a SELECT 1 FROM (SELECT SLEEP(20) AS s) t WHERE s = 0'
    const migrations = [base, sqlMigration({ id: '002', up: slow })]
    const controller = new AbortController()
    await using yama = yamaOf(dialectAt(arena.url), migrations)
    await yama.apply(await yama.plan({ up: '001' }))
    const plan = await yama.plan(UP)
    const started = performance.now()
    setTimeout(() => controller.abort(), 1000)
    const error = await failure(yama.apply(plan, { signal: controller.signal }))
    expect(error.code).toBe('YAMA_RUN_ABORTED')
    expect(performance.now() - started).toBeLessThan(15_000)
    expect((await yama.history({ migrationIds: ['002'] })).map(({ type }) => type)).toEqual(['migration.aborted'])
    expect((await yama.status()).pending).toHaveLength(1)
    await using connection = await dialectAt(arena.url).connect()
    await using lock = await dialectAt(arena.url).acquireLock(connection, 'default', { waitMs: 5000 })
    expect(await lock.isHeld()).toBe(true)
  })
})

describe.each([...files, ...servers])('$name', (arena) => {
  beforeEach(() => arena.reset())

  test('a database that became read-only is told as that', async () => {
    const kind = arena.url.split(':')[0]
    const readOnly =
      { postgres: 'SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY', sqlite: 'PRAGMA query_only = ON' }[kind ?? ''] ??
      'SET SESSION TRANSACTION READ ONLY'
    const migrations = [base, sqlMigration({ id: '002', up: [{ alone: readOnly }, 'INSERT INTO a VALUES (1)'] })]
    await using yama = yamaOf(dialectAt(arena.url), migrations)
    expect((await failure(yama.apply(await yama.plan(UP)))).code).toBe('YAMA_RUN_READ_ONLY')
    expect((await yama.status()).applied).toHaveLength(1)
  })

  test.skipIf(arena.url.startsWith('postgres'))('a full disk is told as that, and nothing is kept', async () => {
    const sqlite = arena.url.startsWith('sqlite')
    const fill = sqlite
      ? ['PRAGMA max_page_count = 80', 'INSERT INTO a SELECT randomblob(100000) FROM (VALUES (1), (2), (3), (4), (5), (6))']
      : ['INSERT INTO m SELECT 1 FROM a x, a y, a z, a u, a v']
    const rows = Array.from({ length: 12 }, (_, index) => `(${index})`).join(', ')
    const full = sqlite
      ? []
      : ['SET max_heap_table_size = 16384', 'CREATE TABLE m (id int) ENGINE = MEMORY', `INSERT INTO a VALUES ${rows}`]
    const migrations = [base, ...(sqlite ? [] : [sqlMigration({ id: '002', up: full })]), sqlMigration({ id: '003', up: fill })]
    await using yama = yamaOf(dialectAt(arena.url), migrations)
    const error = await failure(yama.apply(await yama.plan(UP)))
    expect(error.code).toBe('YAMA_RUN_DISK_FULL')
    if (sqlite) expect(error.details).toMatchObject({ effects: 'Nothing of it is kept.' })
    // A table without transactions keeps what was written before it was full: that is for a person.
    else expect(await yama.open()).toMatchObject([{ id: '003', found: { verdict: 'unknown' } }])
  })
})
