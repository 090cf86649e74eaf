import type { Connection, Lock, LockHolder, LockOptions, TakenOver } from '@yama/core'
import {
  beforeClose,
  holderOf,
  judgeLease,
  LEASE_TTL_MS,
  leaseOwner,
  pollForLock,
  startHeartbeat,
  type LockAttempt,
} from '@yama/core/dialect-kit'
import { postgresErrors } from '../../errors/errors.ts'
import { describeFailure } from '../failures.ts'
import { historyTables, type HistoryTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectLock } from './inspect-lock.ts'
import { beatSql, isHeldSql, releaseLeaseSql, takeLeaseSql, tryMutexSql } from './lock-sql.ts'
import { readLease } from './read-lease.ts'
import { withPlace } from './with-place.ts'

export interface LockSetting {
  readonly schema: string
  /** Keys that this process holds on a session which it shares, where the server lets the same session in twice (PGlite). */
  readonly taken: Set<string> | undefined
  /** Another session, for heartbeats. */
  readonly connect: () => Promise<Connection>
}

interface Taken {
  readonly token: number
  readonly k: string
  readonly takenOver: TakenOver | undefined
}

/**
 * The right to run, polled: waiting inside the database would hold a snapshot, on which a `CREATE INDEX CONCURRENTLY` of the
 * holder waits for ever. A direct session takes the advisory lock, which frees itself when the session dies; through a pooler
 * there is no session to hold anything, and the lease decides with its heartbeat. Rejects with YAMA_LOCK_BUSY.
 */
export async function acquireLock(connection: Connection, key: string, options: LockOptions, setting: LockSetting): Promise<Lock> {
  const tables = historyTables(setting.schema)
  const { taken } = setting
  const lock = await pollForLock<Taken>(key, options, async () =>
    taken?.has(key) === true
      ? { holder: holderOf({ owner: leaseOwner(options.actor), token: 0, since: '?', ageMs: 0, ttlMs: 0 }) }
      : await withRights(connection, tables, 'write', () => tryAcquire(connection, tables, key, options.actor)),
  )
  taken?.add(key)
  return heldLock(connection, tables, key, lock, setting)
}

async function tryAcquire(
  connection: Connection,
  tables: HistoryTables,
  key: string,
  actor: LockOptions['actor'],
): Promise<LockAttempt<Taken>> {
  const { pooler } = connection.server
  const row = await withPlace(connection, (server) => connection.execute(tryMutexSql(tables, key, pooler, server)))
    .then(({ rows }) => rows[0])
    .catch((error: unknown) => {
      if (describeFailure(error).kind !== 'missing') throw error
      throw postgresErrors.YAMA_POSTGRES_LOCK_TABLES({ key, schema: tables.schema }, { cause: error })
    })
  if (row === undefined) throw postgresErrors.YAMA_POSTGRES_LOCK_TABLES({ key, schema: tables.schema })
  const busy = async (): Promise<{ readonly holder: LockHolder | undefined }> => ({
    holder: (await inspectLock(connection, key, tables.schema))?.holder,
  })
  if (row['got'] !== true) return await busy()
  const k = String(row['k'])
  const found = readLease(row)
  const place = String(row['place'])
  // A session's lease without its session: the mutex would not have been free.
  const judged = found && judgeLease(found.lease, { place, session: found.mode === 'session' ? 'gone' : 'unseen' })
  if (judged === undefined || judged.void !== undefined) {
    const owner = JSON.stringify(leaseOwner(actor, { place }))
    const lease = { owner, ttlMs: LEASE_TTL_MS, pooler, k, seen: found && { token: found.lease.token, beat: found.beat } }
    const token = await takeLease(connection, takeLeaseSql(tables, key, lease))
    const takenOver = found && judged?.void !== undefined ? { holder: holderOf(found.lease), why: judged.void } : undefined
    if (token !== undefined) return { taken: { token, k, takenOver } }
  }
  if (!pooler) await unlock(connection, k)
  return await busy()
}

/** Undefined where another one was faster, or the former owner's transaction still holds the row of the fence. */
async function takeLease(connection: Connection, commands: readonly string[]): Promise<number | undefined> {
  try {
    const results = await connection.batch(
      commands.map((sql) => ({ sql })),
      { transaction: true },
    )
    const token = results.at(-1)?.rows[0]?.['token']
    return token === undefined ? undefined : Number(token)
  } catch (error) {
    const { kind } = describeFailure(error)
    if (kind !== 'lock-timeout' && kind !== 'deadlock') throw error
    return undefined
  }
}

const unlock = (connection: Connection, k: string): Promise<unknown> => connection.execute('SELECT pg_advisory_unlock($1)', [k])

function heldLock(connection: Connection, tables: HistoryTables, key: string, taken: Taken, setting: LockSetting): Lock {
  const { pooler } = connection.server
  const { token, k, takenOver } = taken
  // A session that is shared has nobody beside it who could ask.
  const heartbeat =
    setting.taken === undefined
      ? startHeartbeat(setting.connect, async (own, migration) => {
          await own.execute(beatSql(tables, key, token, migration))
        })
      : undefined
  let released: Promise<void> | undefined
  // A session that ends gives its lock back; behind a pooler nothing else would.
  const stopWatching = beforeClose(connection, () => (released ??= release()))
  const release = async (): Promise<void> => {
    stopWatching()
    setting.taken?.delete(key)
    await heartbeat?.stop()
    try {
      // `reset` may have removed the tables under the lock; the mutex is given back in any case.
      await connection.execute(releaseLeaseSql(tables, key, token)).catch(unless('missing'))
      if (!pooler) await unlock(connection, k)
    } catch (error) {
      // The lock went with its session.
      if (!isGone(error)) throw error
    }
  }
  return {
    key,
    token,
    ...(takenOver === undefined ? {} : { takenOver }),
    note: (migration) => heartbeat?.note(migration),
    isHeld: async () => {
      if (released !== undefined) return false
      try {
        return (await connection.execute(isHeldSql(tables, key, token, k, pooler))).rows.length > 0
      } catch (error) {
        if (isGone(error) || describeFailure(error).kind === 'missing') return false
        throw error
      }
    },
    [Symbol.asyncDispose]: () => (released ??= release()),
  }
}

const isGone = (error: unknown): boolean => {
  const { kind, code } = describeFailure(error)
  return kind === 'disconnected' || code === 'YAMA_POSTGRES_CLOSED'
}

const unless =
  (kind: string) =>
  (error: unknown): void => {
    if (describeFailure(error).kind !== kind) throw error
  }
