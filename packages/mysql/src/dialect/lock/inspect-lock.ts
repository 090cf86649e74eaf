import type { Connection, LockHolder, LockReport } from '@yama/core'
import { holderOf, judgeLease, type Lease, type SessionSight } from '@yama/core/dialect-kit'
import { describeFailure } from '../failures.ts'
import { historyTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectSql } from './lock-sql.ts'
import { readLease } from './read-lease.ts'
import { serverKind } from './server-kind.ts'

type Row = Readonly<Record<string, unknown>>

/** Who holds the lock, by the server's word and the owner's own; undefined where nobody does, or there is no history. */
export async function inspectLock(connection: Connection, key: string): Promise<LockReport | undefined> {
  const tables = historyTables(connection.server.database)
  const row = await withRights(connection, tables, 'read', () => connection.execute(inspectSql(serverKind(connection), tables, key)))
    .then(({ rows }) => rows[0])
    .catch((error: unknown) => {
      if (describeFailure(error).kind === 'missing') return undefined
      throw error
    })
  if (row === undefined) return undefined
  const lease = readLease(row)
  const holder = { ...ofSession(row, lease === undefined), ...(lease === undefined ? {} : holderOf(lease)), ...sessionId(row, lease) }
  const base = { key, token: Number(row['fence']), holder }
  if (lease === undefined)
    return { ...base, alive: 'yes', evidence: ['its session is connected and holds the lock', 'it has written no lease yet'] }
  const here = lease.owner.node === undefined || lease.owner.node === row['node']
  const session: SessionSight = row['session'] !== null ? 'there' : here ? 'gone' : 'unseen'
  const { alive, evidence } = judgeLease(lease, { place: String(row['place']), session })
  return { ...base, alive, evidence, heartbeatAgeMs: lease.ageMs }
}

const sessionId = (row: Row, lease: Lease | undefined): LockHolder =>
  row['session'] === null ? {} : { pid: String(row['session']), ...(lease === undefined ? {} : { process: String(lease.owner.pid) }) }

/** What the server shows of the session; nothing of other users' without the privilege PROCESS. */
function ofSession(row: Row, alone: boolean): LockHolder {
  const known = { user: row['session_user'], doing: row['doing'], ...(alone ? { host: row['address'] } : {}) }
  return Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])))
}
