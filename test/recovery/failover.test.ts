import { createYama, verifyChain } from '@yama/core'
import { faultDialect, memorySource, sqlMigration } from '@yama/testkit/faults'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startPostgres, startStandby, stopPostgres } from '../../scripts/servers/embedded-postgres.mjs'
import { killTree } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { statementsOf } from './scenario.ts'

type Server = Awaited<ReturnType<typeof startPostgres>>

const UP = { up: 'latest' } as const
const migrations = [
  sqlMigration({ id: '001', up: ['CREATE TABLE a (id int)', 'INSERT INTO a VALUES (1)'] }),
  sqlMigration({ id: '002', up: ['CREATE TABLE b (id int)', 'INSERT INTO b VALUES (1)'] }),
  sqlMigration({ id: '003', up: [{ alone: 'CREATE INDEX CONCURRENTLY a_id ON a (id)' }], transaction: 'none' }),
  sqlMigration({ id: '004', up: 'INSERT INTO a VALUES (2)' }),
]

describe('a primary that dies in the middle of a run, and a standby that is promoted', () => {
  let primary: Server | undefined
  let standby: Server | undefined
  beforeAll(async () => {
    try {
      // The standby has what is committed before the client hears of it.
      primary = await startPostgres('15', { settings: { synchronous_commit: 'remote_apply', wal_level: 'replica' } })
      standby = await startStandby(primary)
    } catch (error) {
      console.warn(`a failover is not tested, for these servers do not start: ${error instanceof Error ? error.message : String(error)}`)
    }
  }, 120_000)
  afterAll(async () => {
    for (const server of [standby, primary]) if (server !== undefined) await stopPostgres(server.directory)
  })

  test('the next run with the same URL of both hosts goes on where the first one was', { timeout: 120_000 }, async (context) => {
    if (primary === undefined || standby === undefined) return context.skip()
    const [one, two] = [new URL(primary.url), new URL(standby.url)]
    const url = `postgres://postgres@${one.host},${two.host}/postgres?connect_timeout=5`
    {
      await using connection = await dialectAt(primary.url).connect()
      await connection.execute("ALTER SYSTEM SET synchronous_standby_names = '*'")
      await connection.execute('SELECT pg_reload_conf()')
      await using reader = await dialectAt(standby.url).connect()
      expect(reader.server.readOnly).toBe(true)
    }
    const postmaster = primary.pid()
    if (postmaster === undefined) throw new Error('the primary has no process')
    let statements = 0
    const dialect = faultDialect(dialectAt(url), statementsOf(migrations), ({ kind, phase }) => {
      // After the index is built, before that is written.
      if (kind === 'statement' && phase === 'after' && ++statements === 1) killTree(postmaster)
    })
    await using first = createYama({ dialect, sources: [memorySource(migrations)] })
    const error: unknown = await first.apply(await first.plan(UP)).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: expect.stringMatching(/^YAMA_RUN_(FAILOVER|DISCONNECTED)$/), details: { id: '003' } })
    {
      // Nobody writes to a standby: the run is refused, and says why.
      await using early = createYama({ dialect: dialectAt(url), sources: [memorySource(migrations)] })
      await expect(early.plan(UP).then((plan) => early.apply(plan))).rejects.toMatchObject({
        code: expect.stringMatching(/READ_ONLY|RUN_OPEN/),
      })
      await using connection = await dialectAt(standby.url).connect()
      expect((await connection.execute('SELECT pg_promote(true, 30) AS done')).rows).toEqual([{ done: true }])
    }
    await using second = createYama({ dialect: dialectAt(url), sources: [memorySource(migrations)], lockWaitMs: 40_000 })
    await second.apply(await second.plan(UP))
    const { applied, pending } = await second.status()
    expect([applied.length, pending.length]).toEqual([4, 0])
    const events = await second.history()
    expect(verifyChain(events)).toBeUndefined()
    expect(events.filter(({ type }) => type === 'migration.succeeded')).toHaveLength(4)
    await using connection = await dialectAt(url).connect()
    const { rows } = await connection.execute(
      "SELECT (SELECT array_agg(id ORDER BY id) FROM a) AS a, (SELECT count(*)::int FROM b) AS b, (SELECT indisvalid FROM pg_index WHERE indexrelid = 'a_id'::regclass) AS valid",
    )
    expect(rows).toEqual([{ a: [1, 2], b: 1, valid: true }])
  })
})
