import { hostname, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { coreErrors, type Connection, type Lock, type LockHolder, type LockOptions } from '@yama/core'
import { mysqlErrors } from '../../errors/errors.ts'
import { describeFailure } from '../failures.ts'
import { historyTables, type HistoryTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { holderSql, isHeldSql, leaseSql, releaseSql, takeLockSql, unlockSql } from './lock-sql.ts'

const TTL_MS = 30_000

type Attempt = { readonly token: number; readonly name: string } | { readonly holder: LockHolder | undefined }

/**
 * The right to run: a named lock of the session, which frees itself when the session dies, polled with jitter, and a fence
 * with a token that grows. Its answer is checked, since a lock that could not be had is no error to the server.
 * Rejects with YAMA_LOCK_BUSY, or YAMA_MYSQL_LOCK_TABLES without a history.
 */
export async function acquireLock(connection: Connection, key: string, options: LockOptions): Promise<Lock> {
  const tables = historyTables(connection.server.database)
  const started = performance.now()
  for (;;) {
    options.signal?.throwIfAborted()
    const attempt = await withRights(connection, tables, 'write', () => tryAcquire(connection, tables, key))
    if ('token' in attempt) return heldLock(connection, tables, key, attempt)
    const waited = Math.round(performance.now() - started)
    if (waited >= options.waitMs)
      throw coreErrors.YAMA_LOCK_BUSY({ key, holder: describeHolder(attempt.holder), waited }, { data: attempt.holder })
    options.onWait?.(attempt.holder, waited)
    await sleep(
      Math.min(100 + Math.random() * 150, Math.max(1, options.waitMs - waited)),
      undefined,
      options.signal === undefined ? {} : { signal: options.signal },
    )
  }
}

const thisProcess = (): string =>
  JSON.stringify({ pid: String(process.pid), user: userInfo().username, host: hostname(), application: 'yama' })

async function tryAcquire(connection: Connection, tables: HistoryTables, key: string): Promise<Attempt> {
  const missing = (cause?: unknown): Error =>
    mysqlErrors.YAMA_MYSQL_LOCK_TABLES({ key, database: tables.database }, cause === undefined ? {} : { cause })
  const { rows } = await connection.execute(takeLockSql(tables, key)).catch((error: unknown) => {
    throw describeFailure(error).kind === 'missing' ? missing(error) : error
  })
  if (rows[0] === undefined) throw missing()
  const name = String(rows[0]['name'])
  if (Number(rows[0]['got']) === 1) {
    try {
      const commands = leaseSql(tables, key, name, thisProcess(), TTL_MS).map((sql) => ({ sql }))
      const results = await connection.batch(commands, { transaction: true })
      return { name, token: Number(results.at(-1)?.rows[0]?.['token']) }
    } catch (error) {
      await connection.execute(unlockSql(name))
      // The former owner's transaction still holds the row of the fence.
      const { kind } = describeFailure(error)
      if (kind !== 'lock-timeout' && kind !== 'deadlock') throw error
    }
  }
  const holder = (await connection.execute(holderSql(tables, key, name))).rows[0]
  return { holder: holder === undefined || holder['pid'] === null ? undefined : holderOf(holder) }
}

function holderOf(row: Readonly<Record<string, unknown>>): LockHolder {
  return Object.fromEntries(
    ['pid', 'user', 'host', 'application', 'since', 'doing'].flatMap((name) => (row[name] === null ? [] : [[name, String(row[name])]])),
  )
}

function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'it has just been released'
  const { pid = '?', user = '?', application, host, since = '?', doing } = holder
  return `connection ${pid} of ${user}${application === undefined ? '' : ` (${application})`}${host === undefined ? '' : ` on ${host}`}, since ${since}${doing === undefined ? '' : `, last statement: ${doing}`}`
}

function heldLock(
  connection: Connection,
  tables: HistoryTables,
  key: string,
  { token, name }: { readonly token: number; readonly name: string },
): Lock {
  let released: Promise<void> | undefined
  const release = async (): Promise<void> => {
    try {
      // `reset` may have removed the tables under the lock; the mutex is given back in any case.
      await connection.execute(releaseSql(tables, key, token)).catch(unlessMissing)
      await connection.execute(unlockSql(name))
    } catch (error) {
      // The lock went with its session.
      if (!isGone(error)) throw error
    }
  }
  return {
    key,
    token,
    isHeld: async () => {
      if (released !== undefined) return false
      try {
        return (await connection.execute(isHeldSql(tables, key, token, name))).rows.length > 0
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
  return kind === 'disconnected' || code === 'YAMA_MYSQL_CLOSED'
}

const unlessMissing = (error: unknown): void => {
  if (describeFailure(error).kind !== 'missing') throw error
}
