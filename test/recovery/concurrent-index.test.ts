import { randomBytes } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { createYama, verifyChain, YamaError, type Connection, type Yama } from '@yama/core'
import { postgresTargets } from '@yama/testkit'
import { memorySource, sqlMigration } from '@yama/testkit/faults'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { serverArena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { muteProxy } from './mute-proxy.ts'

const UP = { up: 'latest' } as const
const INDEX = 'CREATE INDEX CONCURRENTLY a_id ON a (id)'
const migrations = [
  sqlMigration({ id: '001', up: 'CREATE TABLE a (id int)' }),
  sqlMigration({ id: '002', up: [{ alone: INDEX }], transaction: 'none' }),
]
const servers = (await postgresTargets()).filter(({ driver }) => driver === 'pg')
const arenas = await Promise.all(servers.map(({ name, url }) => serverArena(name, url, `yama_cic_${randomBytes(4).toString('hex')}`)))
afterAll(async () => {
  for (const arena of arenas) await arena.close()
})

const yamaAt = (url: string, lockWaitMs = 20_000): Yama =>
  createYama({ dialect: dialectAt(url), sources: [memorySource(migrations)], lockWaitMs })

/** The session that builds the index, once it waits for the blocker. */
async function builder(connection: Connection): Promise<number> {
  for (let tries = 0; tries < 400; tries++) {
    const { rows } = await connection.execute(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active' AND wait_event_type = 'Lock' AND query LIKE '%CONCURRENTLY a_id%' AND pid <> pg_backend_pid()`,
    )
    if (rows[0] !== undefined) return Number(rows[0]['pid'])
    await sleep(25)
  }
  throw new Error('the index is not being built')
}

describe.each(arenas)('$name', ({ url, reset }) => {
  beforeEach(() => reset())

  /** Loses the client while the server builds the index, which waits for a transaction that wrote to the table; then does what the case says. */
  async function outlived(then: (admin: Connection, pid: number) => Promise<void>): Promise<void> {
    {
      await using first = yamaAt(url)
      await first.apply(await first.plan({ up: '001' }))
    }
    await using admin = await dialectAt(url).connect()
    await using blocker = await dialectAt(url).connect()
    const target = new URL(url)
    await using proxy = await muteProxy({ host: target.hostname, port: Number(target.port) })
    await blocker.transaction(async () => {
      await blocker.execute('INSERT INTO a VALUES (1)')
      const run = (async () => {
        await using yama = yamaAt(Object.assign(new URL(url), { port: String(proxy.port) }).href)
        await yama.apply(await yama.plan(UP))
      })().catch((error: unknown) => error)
      const pid = await builder(admin)
      proxy.fall()
      expect(await run).toMatchObject({ code: 'YAMA_RUN_DISCONNECTED' })
      // The server goes on without its client, and the lock with it: nobody may build a second index.
      await using waiting = yamaAt(url, 300)
      const refused: unknown = await waiting.plan(UP).catch((error: unknown) => error)
      expect(YamaError.is(refused) ? refused.code : refused).toMatch(/^YAMA_(LOCK_BUSY|RECOVER_RUNNING|RUN_OPEN)$/)
      await then(admin, pid)
    })
  }

  async function converges(): Promise<readonly string[]> {
    await using yama = yamaAt(url)
    await yama.apply(await yama.plan(UP))
    await using connection = await dialectAt(url).connect()
    const { rows } = await connection.execute("SELECT indisvalid FROM pg_index WHERE indrelid = 'a'::regclass")
    expect(rows).toEqual([{ indisvalid: true }])
    const events = await yama.history()
    expect(verifyChain(events)).toBeUndefined()
    expect(events.filter(({ type, migrationId }) => type === 'migration.succeeded' && migrationId === '002')).toHaveLength(1)
    return events.map(({ type }) => type)
  }

  test('a statement that outlives its client is waited for, and counts when it is done', { timeout: 60_000 }, async () => {
    await outlived(() => Promise.resolve())
    // The blocker has committed: the index is finished by nobody's client.
    expect(await converges()).toContain('step.healed')
  })

  test('an interrupted CREATE INDEX CONCURRENTLY is cleared away and built again', { timeout: 60_000 }, async () => {
    await outlived(async (admin, pid) => {
      await admin.execute('SELECT pg_terminate_backend($1)', [pid])
      for (let tries = 0; tries < 200; tries++) {
        const { rows } = await admin.execute('SELECT 1 FROM pg_stat_activity WHERE pid = $1', [pid])
        if (rows.length === 0) break
        await sleep(25)
      }
      expect((await admin.execute("SELECT indisvalid FROM pg_index WHERE indrelid = 'a'::regclass")).rows).toEqual([{ indisvalid: false }])
    })
    expect(await converges()).not.toContain('step.healed')
  })
})
