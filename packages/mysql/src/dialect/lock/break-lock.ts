import type { Connection, LockReport } from '@yama/core'
import { breakSessionLock } from '@yama/core/dialect-kit'
import { describeFailure } from '../failures.ts'
import { historyTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectLock } from './inspect-lock.ts'
import { fenceOutSql, mutexHeldSql, releaseSql } from './lock-sql.ts'

/** Takes the lock from its holder. */
export async function breakLock(connection: Connection, report: LockReport, record: () => Promise<void>): Promise<void> {
  const tables = historyTables(connection.server.database)
  const { key, token, holder } = report
  const pid = holder.pid ?? ''
  const breaker = {
    fenceOut: async () => {
      const { affected } = await connection.execute(fenceOutSql(tables, key, token))
      if (affected === 0) return false
      await connection.execute(releaseSql(tables, key, token))
      return true
    },
    isHeld: async () => (await connection.execute(mutexHeldSql(tables, key, pid))).rows.length > 0,
    // A number that the server gave itself. It may have ended by itself meanwhile.
    endSession: () =>
      connection.execute(`KILL ${String(Number(pid))}`).catch((error: unknown) => {
        if (describeFailure(error).code !== 'ER_NO_SUCH_THREAD') throw error
      }),
    look: () => inspectLock(connection, key),
    describeFailure,
  }
  await withRights(connection, tables, 'write', () => breakSessionLock(connection, report, breaker, record))
}
