import { isBatchFailure, type Connection, type Lock, type LockHolder, type LockOptions, type QueryResult, type TakenOver } from '@yama/core'
import {
  holderOf,
  holdLock,
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
import { beatSql, isHeldSql, leaseSql, releaseLeaseSql, takeLeaseSql, tryMutexSql, type PLACES } from './lock-sql.ts'
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
  const lease = { sql: leaseSql(tables, key) }
  const ask = (server: keyof typeof PLACES): Promise<readonly QueryResult[]> =>
    connection.batch([{ sql: tryMutexSql(tables, key, pooler, server) }, lease], { transaction: false }).catch((error: unknown) => {
      throw isBatchFailure(error) ? error.cause : error
    })
  const [mutex, leases] = await withPlace(connection, ask).catch((error: unknown) => {
    if (describeFailure(error).kind !== 'missing') throw error
    throw postgresErrors.YAMA_POSTGRES_LOCK_TABLES({ key, schema: tables.schema }, { cause: error })
  })
  const row = mutex?.rows[0]
  if (row === undefined) throw postgresErrors.YAMA_POSTGRES_LOCK_TABLES({ key, schema: tables.schema })
  const busy = async (): Promise<{ readonly holder: LockHolder | undefined }> => ({
    holder: (await inspectLock(connection, key, tables.schema))?.holder,
  })
  if (row['got'] !== true) return await busy()
  const k = String(row['k'])
  const found = readLease(leases?.rows[0])
  const place = String(row['place'])
  // A session's lease without its session: the mutex would not have been free.
  const judged = found && judgeLease(found.lease, { place, session: found.mode === 'session' ? 'gone' : 'unseen' })
  if (judged === undefined || judged.void !== undefined) {
    const owner = JSON.stringify(leaseOwner(actor, { place }))
    const seen = found && { token: found.lease.token, beat: found.beat }
    const token = await takeLease(connection, takeLeaseSql(tables, key, { owner, ttlMs: LEASE_TTL_MS, pooler, k, seen }))
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

function heldLock(connection: Connection, tables: HistoryTables, key: string, held: Taken, setting: LockSetting): Lock {
  const { pooler } = connection.server
  const { token, k, takenOver } = held
  const { taken } = setting
  // A session that is shared has nobody beside it who could ask.
  const heartbeat =
    taken === undefined
      ? startHeartbeat(setting.connect, async (own, migration) => {
          await own.execute(beatSql(tables, key, token, migration))
        })
      : undefined
  return holdLock(connection, {
    key,
    token,
    takenOver,
    heartbeat,
    removeLease: () => {
      taken?.delete(key)
      return connection.execute(releaseLeaseSql(tables, key, token))
    },
    unlock: async () => (pooler ? undefined : await unlock(connection, k)),
    isHeld: async () => (await connection.execute(isHeldSql(tables, key, token, k, pooler))).rows.length > 0,
    describeFailure,
    closedCode: 'YAMA_POSTGRES_CLOSED',
  })
}
