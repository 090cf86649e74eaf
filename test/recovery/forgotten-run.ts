import { setTimeout as sleep } from 'node:timers/promises'
import { createYama, YamaError, type Connection } from '@yama/core'
import { memorySource } from '@yama/testkit/faults'
import type { Arena } from './arena.ts'
import { dialectAt } from './dialect-at.ts'
import { recover } from './kill-and-recover.ts'
import { scenario, type Shape } from './scenario.ts'
import { watchedRun } from './watched-run.ts'

/** What of a run came whose heartbeat stopped while another one wanted to go on. */
export interface Forgotten {
  /** Whether the lease counted as its owner's, once its heartbeat was a minute old. */
  readonly alive: string
  /** What the sleeper ended with when it woke; undefined where it finished because nobody could get past it. */
  readonly sleeper: string | undefined
  /** Whether the other one was through before it woke. */
  readonly overtaken: boolean
  readonly wrong: readonly string[]
}

export interface Sleep {
  readonly exchange: number
  readonly stepwise: boolean
  /** Whether a session holds the lock, so that somebody has to release it. */
  readonly session: boolean
  readonly only?: readonly Shape[]
  readonly expected: string
}

/** How long the other run is given before the sleeper wakes, in ms: where a transaction of the sleeper keeps it out, and where nothing does. */
const PATIENCE = { kept: 1500, free: 30_000 }

/**
 * A run falls asleep at an exchange, and its heartbeat stops. Another run takes over: where a session holds the lock, only after
 * somebody has released it by force. Then the first one wakes up in the middle of what it was at.
 */
export async function forgottenRun(arena: Arena, { exchange, stepwise, session, only, expected }: Sleep): Promise<Forgotten> {
  await arena.reset()
  let wake: () => void = () => undefined
  const woken = new Promise<void>((resolve) => (wake = resolve))
  let asleep: () => void = () => undefined
  const reached = new Promise<void>((resolve) => (asleep = resolve))
  const sleeper = watchedRun(dialectAt(arena.url), {
    stepwise,
    ...(only === undefined ? {} : { only }),
    watch: async ({ exchange: number, phase }) => {
      if (number !== exchange || phase !== 'before') return
      asleep()
      await woken
    },
  })
  await reached
  const dialect = dialectAt(arena.url)
  await ageLease(arena)
  const migrations = scenario(dialect.kind, only)
  await using yama = createYama({ dialect, sources: [memorySource(migrations)], lockWaitMs: 60_000 })
  const report = await lookPatiently(() => yama.lock())
  if (session) await yama.releaseLock({ reason: 'its heartbeat is a minute old', force: true })
  const other = (async (): Promise<void> => {
    const plan = await yama.plan({ up: 'latest' })
    await yama.apply(plan, { confirm: plan.digest })
  })().then(
    () => undefined,
    (error: unknown) => (YamaError.is(error) ? error.code : String(error)),
  )
  const overtaken = await Promise.race([other.then(() => true), sleep(session ? PATIENCE.free : PATIENCE.kept).then(() => false)])
  wake()
  const { code } = await sleeper
  const failed = await other
  const { wrong } = await recover(arena.url, expected, only)
  // Who waited for the sleeper until it was through finds its plan fulfilled.
  const own = failed === undefined || failed === 'YAMA_PLAN_STALE' ? [] : [`the other run failed: ${failed}`]
  return { alive: report?.alive ?? 'free', sleeper: code, overtaken, wrong: [...own, ...wrong] }
}

/** The sleeper's own heartbeats may come until then; now the last one was a minute ago. */
async function ageLease({ url }: Arena): Promise<void> {
  const dialect = dialectAt(url)
  await using connection = await dialect.connect()
  const sql = {
    postgres: "UPDATE yama.lease SET heartbeat_at = now() - interval '1 minute'",
    mysql: 'UPDATE yama_lease SET heartbeat_at = DATE_SUB(heartbeat_at, INTERVAL 1 MINUTE)',
    mariadb: 'UPDATE yama_lease SET heartbeat_at = DATE_SUB(heartbeat_at, INTERVAL 1 MINUTE)',
    sqlite: "UPDATE yama_lease SET heartbeat_at = '2020-01-01T00:00:00.000Z'",
  }[dialect.kind]
  await unlessWriting(connection, sql)
}

/** A sleeper inside a transaction holds the write lock of a SQLite file, and nobody's clock matters to it. */
async function unlessWriting(connection: Connection, sql: string): Promise<void> {
  try {
    if (connection.server.kind === 'sqlite') await connection.execute('PRAGMA busy_timeout = 0')
    await connection.execute(sql)
  } catch (error) {
    if (connection.server.kind !== 'sqlite' || !/busy|locked|LOCK_BUSY/i.test(String(error))) throw error
  }
}

async function lookPatiently<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if (!/busy|locked|LOCK_BUSY/i.test(String(error))) throw error
    return undefined
  }
}
