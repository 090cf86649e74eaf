import type { Connection, QueryResult, ServerInfo } from '@yama/core'
import { literal } from '../statements/quoted.ts'

/** Of each session: the tables that were found to know transactions, since it last ran anything that could change one. */
const known = new WeakMap<ServerInfo, Set<string>>()

export const forgetTables = (server: ServerInfo): void => void known.delete(server)

/** Whether none of these tables has an engine without transactions; views and tables that do not exist have none. */
export async function areTransactional(connection: Connection, names: readonly string[]): Promise<boolean> {
  const question = engineQuestion(connection.server, names)
  return question === undefined || question.learn(await connection.execute(question.sql))
}

/** What the server has to be asked before `areTransactional` can answer, and keeps the answer; undefined where it is known that all are. */
export function engineQuestion(
  server: ServerInfo,
  names: readonly string[],
): { readonly sql: string; readonly learn: (answer: QueryResult) => boolean } | undefined {
  const found = known.get(server) ?? new Set<string>()
  const asked = names.filter((name) => !found.has(name))
  if (asked.length === 0) return undefined
  const sql = `SELECT COUNT(*) AS n FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name IN (${asked.map((name) => literal(name)).join(', ')}) AND engine NOT IN ('InnoDB', 'ROCKSDB', 'ndbcluster', 'SEQUENCE', 'PERFORMANCE_SCHEMA')`
  const learn = ({ rows }: QueryResult): boolean => {
    if (Number(rows[0]?.['n']) > 0) return false
    known.set(server, new Set([...found, ...asked]))
    return true
  }
  return { sql, learn }
}
