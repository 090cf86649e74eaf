import type { Connection, LockReport } from '@yama/core'
import { breakSessionLock } from '@yama/core/dialect-kit'
import { describeFailure } from '../failures.ts'
import { historyTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectLock } from './inspect-lock.ts'
import { endSessionSql, fenceOutSql, mutexHeldSql, releaseLeaseSql } from './lock-sql.ts'

/** Takes the lock from its holder; through a pooler there is no session to end. */
export async function breakLock(connection: Connection, report: LockReport, schema: string, record: () => Promise<void>): Promise<void> {
  const tables = historyTables(schema)
  const { key, token, holder } = report
  const pid = holder.pid ?? ''
  const breaker = {
    fenceOut: async () => {
      await connection.execute('SET LOCAL lock_timeout = 1000')
      const { rows } = await connection.execute(fenceOutSql(tables, key, token))
      if (rows.length === 0) return false
      await connection.execute(releaseLeaseSql(tables, key, token))
      return true
    },
    isHeld: async () => (await connection.execute(mutexHeldSql(tables, key, pid))).rows.length > 0,
    endSession: () => connection.execute(endSessionSql(tables, key, pid)),
    look: () => inspectLock(connection, key, schema),
    describeFailure,
  }
  await withRights(connection, tables, 'write', () => breakSessionLock(connection, report, breaker, record))
}
