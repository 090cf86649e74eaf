import { coreErrors, type Connection, type Lock, type LockHolder, type LockOptions, type LockReport, type TakenOver } from '@yama/core'
import {
  describeHolder,
  dueBeats,
  HEARTBEAT_MS,
  holderOf,
  judgeLease,
  LEASE_TTL_MS,
  leaseOwner,
  pollForLock,
  type Judgement,
  type Lease,
  type LockAttempt,
} from '@yama/core/dialect-kit'
import type { SqliteConnection } from './connection.ts'
import { describeFailure } from './failures.ts'
import { LOCK_TABLES } from './history-tables.ts'
import { readLease } from './lease-row.ts'
import { lockPlace } from './lock-place.ts'

const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

interface Taken {
  readonly token: number
  readonly takenOver: TakenOver | undefined
}

/**
 * The right to run, as a row which is taken by compare and swap under BEGIN IMMEDIATE; its token is the fence.
 * A lease whose process on this machine is gone, whose heartbeat is older than 30 s, or which came with a copy of the file is
 * taken over: the old owner's next transaction then fails at its fence. Rejects with YAMA_LOCK_BUSY; never waits inside the database.
 */
export async function acquireLock(connection: SqliteConnection, key: string, options: LockOptions): Promise<Lock> {
  const taken = await pollForLock<Taken>(key, options, () => tryAcquire(connection, key, options.actor))
  return heldLock(connection, key, taken)
}

const judged = (connection: Connection, lease: Lease): Judgement => {
  const place = lockPlace(connection)
  return judgeLease(lease, { session: 'unseen', ...(place === undefined ? {} : { place }) })
}

async function tryAcquire(connection: SqliteConnection, key: string, actor: LockOptions['actor']): Promise<LockAttempt<Taken>> {
  try {
    // Whoever waits only reads: the write lock is the holder's.
    const seen = await inspectLock(connection, key)
    if (seen !== undefined && seen.alive !== 'no') return { holder: seen.holder }
    return await connection.transaction(
      async (): Promise<LockAttempt<Taken>> => {
        for (const sql of LOCK_TABLES) await connection.execute(sql)
        const lease = await readLease(connection, key)
        const why = lease && judged(connection, lease).void
        if (lease !== undefined && why === undefined) return { holder: holderOf(lease) }
        const next = await connection.execute('UPDATE yama_fence SET token = token + 1 WHERE id = 1 RETURNING token', [])
        const token = Number(next.rows[0]?.['token'])
        const place = lockPlace(connection)
        const owner = leaseOwner(actor, place === undefined ? {} : { place })
        await connection.execute(
          `INSERT OR REPLACE INTO yama_lease (key, token, owner, acquired_at, heartbeat_at, ttl_ms) VALUES (?, ?, ?, ${NOW}, ${NOW}, ?)`,
          [key, token, JSON.stringify(owner), LEASE_TTL_MS],
        )
        return { taken: { token, takenOver: lease && why && { holder: holderOf(lease), why } } }
      },
      { busyTimeoutMs: 50 },
    )
  } catch (error) {
    // The holder is inside its transaction: readers still see who it is.
    if (describeFailure(error).kind !== 'lock-timeout') throw error
    return { holder: await peekHolder(connection, key) }
  }
}

/** Creates the history, for which the file must be free, as patiently as the lock is taken. Rejects with YAMA_LOCK_BUSY. */
export async function ensureFree(key: string, options: LockOptions, ensure: () => Promise<void>): Promise<void> {
  await pollForLock<void>(key, options, async () => {
    try {
      return { taken: await ensure() }
    } catch (error) {
      if (describeFailure(error).kind !== 'lock-timeout') throw error
      return { holder: SOMEBODY }
    }
  })
}

const SOMEBODY: LockHolder = Object.freeze({ application: 'another program that is writing to the file' })

async function peekHolder(connection: Connection, key: string): Promise<LockHolder> {
  try {
    const lease = await readLease(connection, key)
    return lease === undefined ? SOMEBODY : holderOf(lease)
  } catch (error) {
    const { kind } = describeFailure(error)
    if (kind === 'missing' || kind === 'lock-timeout') return SOMEBODY
    throw error
  }
}

/** Who holds the lock, by the lease and what is known of its process; undefined where nobody does, or there is no history. */
export async function inspectLock(connection: Connection, key: string): Promise<LockReport | undefined> {
  if (!(await hasLease(connection))) return undefined
  const lease = await readLease(connection, key)
  if (lease === undefined) return undefined
  const { alive, evidence } = judged(connection, lease)
  return { key, token: lease.token, holder: holderOf(lease), alive, evidence, heartbeatAgeMs: lease.ageMs }
}

/** Fences the holder out and removes its lease in one transaction with the record of it. */
export async function breakLock(connection: Connection, { key, token }: LockReport, record: () => Promise<void>): Promise<void> {
  await connection.transaction(async () => {
    const { affected } = await connection.execute('DELETE FROM yama_lease WHERE key = ? AND token = ?', [key, token])
    if (affected === 0) throw coreErrors.YAMA_LOCK_CHANGED({ key, holder: describeHolder((await inspectLock(connection, key))?.holder) })
    await record()
  })
}

function heldLock(connection: SqliteConnection, key: string, { token, takenOver }: Taken): Lock {
  const beats = dueBeats()
  const beat = async (): Promise<void> => {
    const due = beats.due()
    if (due === undefined || !(await hasLease(connection))) return
    await connection.execute(`UPDATE yama_lease SET heartbeat_at = ${NOW}, doing = coalesce(?, doing) WHERE key = ? AND token = ?`, [
      due.migration ?? null,
      key,
      token,
    ])
  }
  // A long synchronous statement stops the timer, so commits beat as well, while they still hold the write lock.
  let beatAt = performance.now()
  const beatAtCommit = async (): Promise<void> => {
    if (performance.now() - beatAt < HEARTBEAT_MS / 4) return
    beatAt = performance.now()
    await beat()
  }
  const stopBeating = connection.beforeCommit?.(beatAtCommit)
  // A beat that fails because someone else writes just now is made up by the next one or by a commit; the fence decides in any case.
  const timer = setInterval(() => void beat().catch(() => undefined), HEARTBEAT_MS / 4)
  timer.unref()
  const release = async (): Promise<void> => {
    clearInterval(timer)
    stopBeating?.()
    stopWatching?.()
    // `reset` may have removed the tables under the lock.
    if (await hasLease(connection)) await connection.execute('DELETE FROM yama_lease WHERE key = ? AND token = ?', [key, token])
  }
  // A session that ends gives its lock back, as on servers.
  const stopWatching = connection.beforeClose?.(release)
  return {
    key,
    token,
    ...(takenOver === undefined ? {} : { takenOver }),
    note: beats.note,
    isHeld: async () =>
      (await hasLease(connection)) &&
      (await connection.execute('SELECT 1 FROM yama_lease WHERE key = ? AND token = ?', [key, token])).rows.length > 0,
    [Symbol.asyncDispose]: release,
  }
}

const hasLease = async (connection: Connection): Promise<boolean> =>
  (await connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'yama_lease'", [])).rows.length > 0
