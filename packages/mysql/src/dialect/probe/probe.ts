import type { Connection, JsonValue, LockHolder, Probe } from '@yama/core'
import { expectation } from './expectation.ts'
import { areTransactional } from './transactional-tables.ts'
import { writtenTables } from './written-tables.ts'

/** Every DDL statement commits by itself, and a crash keeps each of them whole or not at all (MySQL from 8.0, MariaDB from 10.6). */
export const probe: Probe = {
  backend: async (connection) => {
    const { rows } = await connection.execute('SELECT CONNECTION_ID() AS id')
    return { id: Number(rows[0]?.['id']), started: await startedAt(connection) }
  },
  running: stillRunning,
  expect: expectation,
  atomic: (connection, statements) => areTransactional(connection, [...new Set(statements.flatMap(writtenTables))]),
}

/** In seconds; connection ids begin anew with each start of the server. */
async function startedAt(connection: Connection): Promise<number> {
  const { rows } = await connection.execute("SHOW GLOBAL STATUS LIKE 'Uptime'")
  const { rows: now } = await connection.execute('SELECT UNIX_TIMESTAMP() AS now')
  return Math.floor(Number(now[0]?.['now'])) - Number(rows[0]?.['Value'])
}

/** The server notices that a client has died only when its statement has ended. */
async function stillRunning(connection: Connection, backend: JsonValue): Promise<LockHolder | undefined> {
  if (typeof backend !== 'object' || backend === null || !('id' in backend) || !('started' in backend)) return undefined
  const { rows } = await connection.execute(
    `SELECT id AS pid, user, CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL time SECOND, '%Y-%m-%dT%H:%i:%s'), 19), 'Z') AS since, LEFT(info, 120) AS doing
FROM information_schema.processlist WHERE id = ${String(Number(backend.id))} AND id <> CONNECTION_ID() AND command NOT IN ('Sleep', 'Killed')`,
  )
  const row = rows[0]
  if (row === undefined || Math.abs((await startedAt(connection)) - Number(backend.started)) > 3) return undefined
  return { pid: String(row['pid']), user: String(row['user']), since: String(row['since']), doing: String(row['doing'] ?? '') }
}
