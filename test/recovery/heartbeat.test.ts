import { randomBytes } from 'node:crypto'
import { mysqlTargets, pgbouncerUrl, postgresTargets } from '@yama/testkit'
import { afterAll, describe, expect, test } from 'vitest'
import { fileArena, serverArena, type Arena } from './arena.ts'
import { forgottenRun } from './forgotten-run.ts'
import { reference } from './kill-and-recover.ts'
import { shapes, type Shape } from './scenario.ts'

interface Place {
  readonly arena: Arena
  /** Whether a session holds the lock as long as it lives, whatever its heartbeat. */
  readonly session: boolean
  /** Whether the sleeper's own transaction keeps everybody else from the lease. */
  readonly keptOut: boolean
  readonly only: readonly Shape[]
}

const own = (): string => `yama_beat_${randomBytes(4).toString('hex')}`
const postgres = (await postgresTargets()).find(({ driver }) => driver === 'pg')
const servers = [...(postgres === undefined ? [] : [postgres]), ...(await mysqlTargets())]
const pooled = pgbouncerUrl()
/** PGlite has one process, and a second one is refused before it gets to any lock: there nobody can forget anybody. */
const places: readonly Place[] = [
  { arena: fileArena('sqlite'), session: false, keptOut: true, only: shapes },
  ...(await Promise.all(
    servers.map(async ({ name, url }) => ({ arena: await serverArena(name, url, own()), session: true, keptOut: false, only: shapes })),
  )),
  ...(pooled === undefined
    ? []
    : [
        {
          arena: await serverArena('PostgreSQL through PgBouncer', pooled, own()),
          session: false,
          keptOut: false,
          only: ['transactional'] as const,
        },
      ]),
]
afterAll(async () => {
  for (const { arena } of places) await arena.close()
})

describe.each(places)('a run whose heartbeat stops, on $arena.name', ({ arena, session, keptOut, only }) => {
  test.each(only)('in a migration that is %s: it is fenced out, and the next run converges', async (shape) => {
    const modes = shape === 'transactional' ? [false, true] : [false]
    for (const stepwise of modes) {
      const { points, observed } = await reference(arena, { stepwise, only })
      // In the middle: before the second statement, or before the one batch that a transaction is.
      const statements = points.flatMap((point, index) => (point === `${shape}:statement` ? [index] : []))
      const exchange = statements[1] ?? statements[0] ?? points.indexOf(`${shape}:end`)
      const { alive, sleeper, overtaken, wrong } = await forgottenRun(arena, { exchange, stepwise, session, only, expected: observed })
      expect(wrong).toEqual([])
      if (session) expect(alive).toBe('yes')
      if (session) expect(overtaken).toBe(true)
      // Whoever was overtaken must not have thought that all went well. Where nothing keeps another from the lease, it may have that before it is done.
      if (!overtaken && keptOut) expect(sleeper).toBeUndefined()
      else if (overtaken || sleeper !== undefined) expect(sleeper).toMatch(/^YAMA_(LOCK_LOST|RUN_DISCONNECTED|HISTORY_WRITE)$/)
    }
  })
})
