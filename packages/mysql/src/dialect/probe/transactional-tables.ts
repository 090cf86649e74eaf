import type { Connection, ServerInfo } from '@yama/core'
import { literal } from '../statements/quoted.ts'

/** Of each session: the tables that were found to know transactions, since it last ran anything that could change one. */
const known = new WeakMap<ServerInfo, Set<string>>()

/** These change rows only; whatever else a session runs may change a table's engine. */
const ROWS = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|REPLACE|COMMIT|START\s+TRANSACTION|ROLLBACK)\b/i

/** To be told of each statement of a session. */
export function forgetTables(server: ServerInfo, sql: string): void {
  if (!ROWS.test(sql)) known.delete(server)
}

/** Whether none of these tables has an engine without transactions; views and tables that do not exist have none. */
export async function areTransactional(connection: Connection, names: readonly string[]): Promise<boolean> {
  const found = known.get(connection.server) ?? new Set<string>()
  const asked = names.filter((name) => !found.has(name))
  if (asked.length === 0) return true
  const { rows } = await connection.execute(
    `SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN (${asked.map((name) => literal(name)).join(', ')}) AND engine NOT IN ('InnoDB', 'ROCKSDB', 'ndbcluster', 'SEQUENCE', 'PERFORMANCE_SCHEMA')`,
  )
  if (Number(rows[0]?.['n']) > 0) return false
  known.set(connection.server, new Set([...found, ...asked]))
  return true
}
