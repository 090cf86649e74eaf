import { hostname, userInfo } from 'node:os'
import { setTimeout as sleep } from 'node:timers/promises'
import { coreErrors, type Connection, type Lock, type LockHolder, type LockOptions } from '@yama/core'
import { postgresErrors } from '../../errors/errors.ts'
import { describeFailure } from '../failures.ts'
import { historyTables, type HistoryTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { advisoryKeySql, holderSql, isHeldSql, markLeaseSql, releaseLeaseSql, takeLockSql } from './lock-sql.ts'

const SESSION_TTL_MS = 30_000
/** Without a session that frees it: long enough for one transaction, each of which renews it. */
const POOLER_TTL_MS = 600_000

type Attempt = { readonly token: number; readonly k: string } | { readonly holder: LockHolder | undefined }

/**
 * The right to run, polled with jitter: waiting inside the database would hold a snapshot, on which a
 * `CREATE INDEX CONCURRENTLY` of the holder waits for ever. `taken` are the keys that this process holds on a session
 * which it shares, where the server lets the same session in twice (PGlite). Rejects with YAMA_LOCK_BUSY.
 */
export async function acquireLock(
  connection: Connection,
  key: string,
  options: LockOptions,
  schema: string,
  taken: Set<string> | undefined,
): Promise<Lock> {
  const tables = historyTables(schema)
  const started = performance.now()
  for (;;) {
    options.signal?.throwIfAborted()
    const attempt =
      taken?.has(key) === true
        ? { holder: thisProcess() }
        : await withRights(connection, tables, 'write', () => tryAcquire(connection, tables, key))
    if ('token' in attempt) {
      taken?.add(key)
      return heldLock(connection, tables, key, attempt, taken)
    }
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

const thisProcess = (): LockHolder => ({ pid: String(process.pid), user: userInfo().username, host: hostname(), application: 'yama' })

async function tryAcquire(connection: Connection, tables: HistoryTables, key: string): Promise<Attempt> {
  const { pooler } = connection.server
  const row = await connection
    .execute(takeLockSql(tables, key, JSON.stringify(thisProcess()), pooler ? POOLER_TTL_MS : SESSION_TTL_MS, pooler))
    .then(({ rows }) => rows[0])
    .catch((error: unknown) => {
      if (describeFailure(error).kind === 'missing')
        throw postgresErrors.YAMA_POSTGRES_LOCK_TABLES({ key, schema: tables.schema }, { cause: error })
      // The former owner's transaction still holds the fence's row. A lock taken by the failed statement is given back below.
      if (describeFailure(error).kind === 'lock-timeout') return undefined
      // Behind a pooler the database's own isolation holds, by which the second of two takers fails.
      if (pooler && describeFailure(error).kind === 'deadlock') return undefined
      throw error
    })
  const k = row === undefined ? String((await connection.execute(advisoryKeySql(tables, key))).rows[0]?.['k']) : String(row['k'])
  if (row !== undefined && row['token'] !== null) {
    const token = Number(row['token'])
    await connection.execute(markLeaseSql(tables, key, token))
    return { token, k }
  }
  if (!pooler && row?.['got'] !== false) await connection.execute('SELECT pg_advisory_unlock($1)', [k])
  const { rows } = await connection.execute(holderSql(tables, key, k))
  return { holder: rows[0] === undefined ? undefined : holderOf(rows[0]) }
}

function holderOf(row: Readonly<Record<string, unknown>>): LockHolder {
  return Object.fromEntries(
    ['pid', 'user', 'host', 'application', 'since', 'doing'].flatMap((name) => (row[name] === null ? [] : [[name, String(row[name])]])),
  )
}

function describeHolder(holder: LockHolder | undefined): string {
  if (holder === undefined) return 'it has just been released'
  const { pid = '?', user = '?', application, host, since = '?', doing } = holder
  return `backend ${pid} of ${user}${application === undefined ? '' : ` (${application})`}${host === undefined ? '' : ` on ${host}`}, since ${since}${doing === undefined ? '' : `, last statement: ${doing}`}`
}

function heldLock(
  connection: Connection,
  tables: HistoryTables,
  key: string,
  { token, k }: { readonly token: number; readonly k: string },
  taken: Set<string> | undefined,
): Lock {
  const { pooler } = connection.server
  let released: Promise<void> | undefined
  const release = async (): Promise<void> => {
    taken?.delete(key)
    try {
      // `reset` may have removed the tables under the lock; the mutex is given back in any case.
      await connection.execute(releaseLeaseSql(tables, key, token)).catch(unless('missing'))
      if (!pooler) await connection.execute('SELECT pg_advisory_unlock($1)', [k])
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
