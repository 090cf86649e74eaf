import type { Connection, Lock, LockHolder, LockOptions, TakenOver } from '@yama/core'
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
import { mysqlErrors } from '../../errors/errors.ts'
import { describeFailure } from '../failures.ts'
import { historyTables, type HistoryTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { BACKEND, backendOf } from '../probe/backend.ts'
import { inspectLock } from './inspect-lock.ts'
import { beatSql, isHeldSql, leaseSql, releaseSql, takeLeaseSql, tryMutexSql, unlockSql } from './lock-sql.ts'
import { readLease } from './read-lease.ts'
import { serverKind } from './server-kind.ts'

interface Taken {
  readonly token: number
  readonly name: string
  readonly takenOver: TakenOver | undefined
}

/**
 * The right to run: a named lock of the session, which frees itself when the session dies, and a fence with a token that
 * grows. The lock's answer is checked, since one that could not be had is no error to the server. It belongs to one server:
 * in a cluster the lease of another node counts until its heartbeat stops. Rejects with YAMA_LOCK_BUSY, or
 * YAMA_MYSQL_LOCK_TABLES without a history.
 */
export async function acquireLock(
  connection: Connection,
  key: string,
  options: LockOptions,
  connect: () => Promise<Connection>,
): Promise<Lock> {
  const tables = historyTables(connection.server.database)
  const taken = await pollForLock<Taken>(key, options, () =>
    withRights(connection, tables, 'write', () => tryAcquire(connection, tables, key, options.actor)),
  )
  return heldLock(connection, tables, key, taken, connect)
}

async function tryAcquire(
  connection: Connection,
  tables: HistoryTables,
  key: string,
  actor: LockOptions['actor'],
): Promise<LockAttempt<Taken>> {
  const missing = (cause?: unknown): Error =>
    mysqlErrors.YAMA_MYSQL_LOCK_TABLES({ key, database: tables.database }, cause === undefined ? {} : { cause })
  // A run will be asked who it is; it costs no exchange here.
  const questions = [tryMutexSql(serverKind(connection), tables, key), leaseSql(tables, key), ...BACKEND].map((sql) => ({ sql }))
  const [mutex, leases, ...backend] = await connection.batch(questions, { transaction: false }).catch((error: unknown) => {
    throw describeFailure(error).kind === 'missing' ? missing(error) : error
  })
  backendOf(connection.server, backend)
  const row = mutex?.rows[0]
  if (row === undefined) throw missing()
  const busy = async (): Promise<{ readonly holder: LockHolder | undefined }> => ({ holder: (await inspectLock(connection, key))?.holder })
  if (Number(row['got']) !== 1) return await busy()
  const name = String(row['name'])
  const where = { place: String(row['place']), node: String(row['node']) }
  const lease = readLease(leases?.rows[0])
  // On its own node the lease of another session is void: the mutex would not have been free.
  const here = lease?.owner.node === undefined || lease.owner.node === where.node
  const judged = lease && judgeLease(lease, { place: where.place, session: here ? 'gone' : 'unseen' })
  if (judged === undefined || judged.void !== undefined) {
    const token = await takeLease(connection, takeLeaseSql(tables, key, name, JSON.stringify(leaseOwner(actor, where)), LEASE_TTL_MS))
    const takenOver = lease && judged?.void !== undefined ? { holder: holderOf(lease), why: judged.void } : undefined
    if (token !== undefined) return { taken: { token, name, takenOver } }
  }
  await connection.execute(unlockSql(name))
  return await busy()
}

/** Undefined where the former owner's transaction still holds the row of the fence, or another node was faster. */
async function takeLease(connection: Connection, commands: readonly string[]): Promise<number | undefined> {
  try {
    const results = await connection.batch(
      commands.map((sql) => ({ sql })),
      { transaction: true },
    )
    return Number(results.at(-1)?.rows[0]?.['token'])
  } catch (error) {
    const { kind } = describeFailure(error)
    if (kind !== 'lock-timeout' && kind !== 'deadlock') throw error
    return undefined
  }
}

function heldLock(
  connection: Connection,
  tables: HistoryTables,
  key: string,
  { token, name, takenOver }: Taken,
  connect: () => Promise<Connection>,
): Lock {
  const heartbeat = startHeartbeat(connect, async (own, migration) => {
    await own.execute(beatSql(tables, key, token, migration))
  })
  let unlocked = false
  return holdLock(connection, {
    key,
    token,
    takenOver,
    heartbeat,
    removeLease: async () => {
      const both = [releaseSql(tables, key, token), unlockSql(name)]
      await connection.batch(
        both.map((sql) => ({ sql })),
        { transaction: false },
      )
      unlocked = true
    },
    unlock: async () => (unlocked ? undefined : await connection.execute(unlockSql(name))),
    isHeld: async () => (await connection.execute(isHeldSql(tables, key, token, name))).rows.length > 0,
    describeFailure,
    closedCode: 'YAMA_MYSQL_CLOSED',
  })
}
