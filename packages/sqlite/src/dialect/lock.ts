import { setTimeout as sleep } from 'node:timers/promises'
import { coreErrors, type Connection, type Lock, type LockHolder, type LockOptions } from '@yama/core'
import type { SqliteConnection } from './connection.ts'
import { describeFailure } from './failures.ts'
import { LOCK_TABLES } from './history-tables.ts'
import { isCertainlyDead, thisProcess, type LeaseOwner } from './lease-owner.ts'

const TTL_MS = 30_000
const HEARTBEAT_MS = 10_000
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

interface LeaseRow {
  readonly owner: string
  readonly acquiredAt: string
  readonly doing: string | undefined
  readonly expired: number
}
type Attempt = { readonly token: number } | { readonly holder: LockHolder | undefined }

/**
 * The right to run, as a row which is taken by compare and swap under BEGIN IMMEDIATE; its token is the fence.
 * A lease whose process on this machine is gone, or whose heartbeat is older than 30 s, is taken over: the old owner's
 * next transaction then fails at its fence. Rejects with YAMA_LOCK_BUSY; never waits inside the database.
 */
export async function acquireLock(connection: SqliteConnection, key: string, options: LockOptions): Promise<Lock> {
  const started = performance.now()
  for (;;) {
    options.signal?.throwIfAborted()
    const attempt = await tryAcquire(connection, key)
    if ('token' in attempt) return heldLock(connection, key, attempt.token)
    const waited = Math.round(performance.now() - started)
    if (waited >= options.waitMs)
      throw coreErrors.YAMA_LOCK_BUSY({ key, holder: describeHolder(attempt.holder), waited }, { data: attempt.holder })
    options.onWait?.(attempt.holder, waited)
    // Jitter, so that several waiting processes do not knock together.
    await sleep(
      Math.min(100 + Math.random() * 150, Math.max(1, options.waitMs - waited)),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    )
  }
}

async function tryAcquire(connection: SqliteConnection, key: string): Promise<Attempt> {
  try {
    return await connection.transaction(
      async (): Promise<Attempt> => {
        for (const sql of LOCK_TABLES) await connection.execute(sql)
        const row = await readLease(connection, key)
        if (row !== undefined && row.expired === 0 && !isCertainlyDead(parseOwner(row.owner))) return { holder: holderOf(row) }
        const next = await connection.execute('UPDATE yama_fence SET token = token + 1 WHERE id = 1 RETURNING token', [])
        const token = Number(next.rows[0]?.['token'])
        await connection.execute(
          `INSERT OR REPLACE INTO yama_lease (key, token, owner, acquired_at, heartbeat_at, ttl_ms) VALUES (?, ?, ?, ${NOW}, ${NOW}, ?)`,
          [key, token, JSON.stringify(thisProcess()), TTL_MS],
        )
        return { token }
      },
      { busyTimeoutMs: 50 },
    )
  } catch (error) {
    // The holder is inside its transaction: readers still see who it is.
    if (describeFailure(error).kind !== 'lock-timeout') throw error
    return { holder: await peekHolder(connection, key) }
  }
}

const READ_LEASE = `SELECT owner, acquired_at, doing,
  (julianday('now') - julianday(heartbeat_at)) * 86400000 > ttl_ms AS expired FROM yama_lease WHERE key = ?`

async function readLease(connection: Connection, key: string): Promise<LeaseRow | undefined> {
  const row = (await connection.execute(READ_LEASE, [key])).rows[0]
  if (row === undefined) return undefined
  return {
    owner: String(row['owner']),
    acquiredAt: String(row['acquired_at']),
    doing: row['doing'] === null ? undefined : String(row['doing']),
    expired: Number(row['expired']),
  }
}

async function peekHolder(connection: Connection, key: string): Promise<LockHolder | undefined> {
  try {
    const row = await readLease(connection, key)
    return row === undefined ? undefined : holderOf(row)
  } catch (error) {
    const { kind } = describeFailure(error)
    if (kind === 'missing' || kind === 'lock-timeout') return undefined
    throw error
  }
}

const parseOwner = (text: string): LeaseOwner => JSON.parse(text) as LeaseOwner

function holderOf(row: LeaseRow): LockHolder {
  const owner = parseOwner(row.owner)
  return {
    pid: String(owner.pid),
    user: owner.user,
    host: owner.host,
    application: owner.application,
    since: row.acquiredAt,
    ...(row.doing === undefined ? {} : { doing: row.doing }),
  }
}

function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'another program that is writing to the file'
  return `pid ${holder.pid ?? '?'} of ${holder.user ?? '?'} on ${holder.host ?? '?'}, since ${holder.since ?? '?'}`
}

function heldLock(connection: SqliteConnection, key: string, token: number): Lock {
  const tables = async (): Promise<boolean> => (await connection.execute(HAS_TABLE, [])).rows.length > 0
  let lastBeat = performance.now()
  const beat = async (): Promise<void> => {
    if (performance.now() - lastBeat < HEARTBEAT_MS / 2) return
    lastBeat = performance.now()
    if (await tables()) await connection.execute(`UPDATE yama_lease SET heartbeat_at = ${NOW} WHERE key = ? AND token = ?`, [key, token])
  }
  // A long synchronous statement stops the timer, so every commit beats as well, while it still holds the write lock.
  const stopBeating = connection.beforeCommit?.(beat)
  // A beat that fails because someone else writes just now is made up by the next one or by a commit; the fence decides in any case.
  const timer = setInterval(() => void beat().catch(() => undefined), HEARTBEAT_MS)
  timer.unref()
  const release = async (): Promise<void> => {
    clearInterval(timer)
    stopBeating?.()
    stopWatching?.()
    // `reset` may have removed the tables under the lock.
    if (await tables()) await connection.execute('DELETE FROM yama_lease WHERE key = ? AND token = ?', [key, token])
  }
  // A session that ends gives its lock back, as on servers.
  const stopWatching = connection.beforeClose?.(release)
  return {
    key,
    token,
    isHeld: async () =>
      (await tables()) && (await connection.execute('SELECT 1 FROM yama_lease WHERE key = ? AND token = ?', [key, token])).rows.length > 0,
    [Symbol.asyncDispose]: release,
  }
}

const HAS_TABLE = "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'yama_lease'"
