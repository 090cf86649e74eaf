import type { Command, Connection, JsonValue, LockHolder, Probe } from '@yama/core'
import { BACKEND, backendOf, knownBackend, STARTED, startedAt } from './backend.ts'
import { expectation } from './expectation.ts'
import { takeSeen } from './look-ahead.ts'
import { areTransactional } from './transactional-tables.ts'
import { writtenTables } from './written-tables.ts'

/** Every DDL statement commits by itself, and a crash keeps each of them whole or not at all (MySQL from 8.0, MariaDB from 10.6). */
export const probe: Probe = {
  backend: async (connection) =>
    knownBackend(connection.server) ?? backendOf(connection.server, await connection.batch(BACKEND.map(toCommand), { transaction: false })),
  running: stillRunning,
  expect: async (connection, statement) => takeSeen(connection.server, statement) ?? (await expectation(connection, statement)),
  atomic: (connection, statements) => areTransactional(connection, [...new Set(statements.flatMap(writtenTables))]),
}

const toCommand = (sql: string): Command => ({ sql })

/** The server notices that a client has died only when its statement has ended. */
async function stillRunning(connection: Connection, backend: JsonValue): Promise<LockHolder | undefined> {
  if (typeof backend !== 'object' || backend === null || !('id' in backend) || !('started' in backend)) return undefined
  const { rows } = await connection.execute(
    `SELECT id AS pid, user, CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP() - INTERVAL time SECOND, '%Y-%m-%dT%H:%i:%s'), 19), 'Z') AS since, LEFT(info, 120) AS doing
FROM information_schema.processlist WHERE id = ${String(Number(backend.id))} AND id <> CONNECTION_ID() AND command NOT IN ('Sleep', 'Killed')`,
  )
  const row = rows[0]
  if (row === undefined) return undefined
  const started = startedAt(await connection.batch(STARTED.map(toCommand), { transaction: false }))
  if (Math.abs(started - Number(backend.started)) > 3) return undefined
  return { pid: String(row['pid']), user: String(row['user']), since: String(row['since']), doing: String(row['doing'] ?? '') }
}
