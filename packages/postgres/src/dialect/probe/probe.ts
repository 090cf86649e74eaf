import type { Connection, JsonValue, LockHolder, Probe } from '@yama/core'
import { literal } from '../../types/quoted.ts'
import { expectation } from './expectation.ts'
import { invalidIndexes } from './leftovers.ts'

/** Statements inside a transaction are recorded with their effect; what is left are the few that the server refuses there. */
export const probe: Probe = {
  backend: async (connection) => {
    const { rows } = await connection.execute(
      'SELECT pid, backend_start::text AS start FROM pg_catalog.pg_stat_activity WHERE pid = pg_backend_pid()',
    )
    return rows[0] === undefined ? {} : { pid: Number(rows[0]['pid']), start: String(rows[0]['start']) }
  },
  running: stillRunning,
  expect: expectation,
  leftovers: invalidIndexes,
}

/** The server goes on with a statement after its client has died; the time of its start tells a session from a later one of the same pid. */
async function stillRunning(connection: Connection, backend: JsonValue): Promise<LockHolder | undefined> {
  if (typeof backend !== 'object' || backend === null || !('pid' in backend) || !('start' in backend)) return undefined
  const { rows } = await connection.execute(
    `SELECT pid::text, usename::text AS user, to_char(query_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since, left(query, 120) AS doing
FROM pg_catalog.pg_stat_activity WHERE pid = ${String(Number(backend.pid))} AND backend_start::text = ${literal(String(backend.start))} AND state = 'active' AND pid <> pg_backend_pid()`,
  )
  return rows[0] as LockHolder | undefined
}
