import type { Connection, LockHolder, LockReport } from '@yama/core'
import { holderOf, judgeLease, type SessionSight } from '@yama/core/dialect-kit'
import { describeFailure } from '../failures.ts'
import { historyTables } from '../history/history-tables.ts'
import { withRights } from '../history/read-history.ts'
import { inspectSql } from './lock-sql.ts'
import { readLease } from './read-lease.ts'
import { withPlace } from './with-place.ts'

type Row = Readonly<Record<string, unknown>>

/** Who holds the lock, by the server's word and the owner's own; undefined where nobody does, or there is no history. */
export async function inspectLock(connection: Connection, key: string, schema: string): Promise<LockReport | undefined> {
  const tables = historyTables(schema)
  const row = await withRights(connection, tables, 'read', () =>
    withPlace(connection, (server) => connection.execute(inspectSql(tables, key, server))),
  )
    .then(({ rows }) => rows[0])
    .catch((error: unknown) => {
      if (describeFailure(error).kind === 'missing') return undefined
      throw error
    })
  if (row === undefined) return undefined
  const found = readLease(row)
  const owner: LockHolder = found === undefined ? {} : holderOf(found.lease)
  const session = ofSession(row, found?.mode)
  const process = owner.pid === undefined || session.pid === undefined ? {} : { process: owner.pid }
  const holder = { ...owner, ...process, ...session }
  const base = { key, token: Number(row['fence']), holder }
  if (found === undefined)
    return { ...base, alive: 'yes', evidence: ['its session is connected and holds the lock', 'it has written no lease yet'] }
  const { lease, mode } = found
  const sight: SessionSight = row['session'] !== null ? 'there' : mode === 'session' ? 'gone' : 'unseen'
  const { alive, evidence } = judgeLease(lease, { place: String(row['place']), session: sight })
  return { ...base, alive, evidence, heartbeatAgeMs: lease.ageMs }
}

/** What the server shows of the session; of one behind a pooler there is nothing that would be its own. */
function ofSession(row: Row, mode: 'session' | 'lease' | undefined): LockHolder {
  if (row['session'] === null) return {}
  const known = {
    pid: row['session'],
    user: row['session_user'],
    application: row['application'],
    doing: row['doing'],
    ...(mode === undefined ? { host: row['address'], since: row['connected'] } : {}),
  }
  return Object.fromEntries(Object.entries(known).flatMap(([name, value]) => (value === null ? [] : [[name, String(value)]])))
}
