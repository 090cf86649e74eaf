import { setTimeout as sleep } from 'node:timers/promises'
import { coreErrors, type Connection, type LockReport } from '@yama/core'
import { describeHolder } from '@yama/core/dialect-kit'
import { describeFailure } from '../failures.ts'
import { historyTables, type HistoryTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectLock } from './inspect-lock.ts'
import { endSessionSql, fenceOutSql, mutexHeldSql, releaseLeaseSql } from './lock-sql.ts'

/** How long a session that was ended may take to roll back before it is told, in ms. */
const ENDING_MS = 10_000

/**
 * Fences the holder out, removes its lease and records it in one transaction; ends its session where that holds the mutex. Inside a
 * transaction the holder has the row of the fence: then its session is ended first.
 */
export async function breakLock(connection: Connection, report: LockReport, schema: string, record: () => Promise<void>): Promise<void> {
  const tables = historyTables(schema)
  const { key, token, holder } = report
  const end = (): Promise<void> => endSession(connection, tables, key, holder.pid ?? '')
  const work = (): Promise<void> =>
    connection.transaction(async () => {
      await connection.execute('SET LOCAL lock_timeout = 1000')
      const { rows } = await connection.execute(fenceOutSql(tables, key, token))
      if (rows.length === 0) throw coreErrors.YAMA_LOCK_CHANGED({ key, holder: await whoNow(connection, key, schema) })
      await connection.execute(releaseLeaseSql(tables, key, token))
      await record()
    })
  await withRights(connection, tables, 'write', async () => {
    try {
      await work()
    } catch (error) {
      if (describeFailure(error).kind !== 'lock-timeout') throw error
      await end()
      await work()
      return
    }
    await end()
  })
}

async function endSession(connection: Connection, tables: HistoryTables, key: string, pid: string): Promise<void> {
  const { rows } = await connection.execute(endSessionSql(tables, key, pid))
  if (rows.length === 0) return
  const end = performance.now() + ENDING_MS
  while (performance.now() < end && (await connection.execute(mutexHeldSql(tables, key, pid))).rows.length > 0) await sleep(50)
}

const whoNow = async (connection: Connection, key: string, schema: string): Promise<string> =>
  describeHolder((await inspectLock(connection, key, schema))?.holder)
