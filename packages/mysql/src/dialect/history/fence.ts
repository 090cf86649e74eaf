import type { Command } from '@yama/core'
import { literal } from '../statements/quoted.ts'
import type { HistoryTables } from './history-tables.ts'

/** The code of the error by which a stale fence stops a batch; a comment of the same name marks its statement. */
export const FENCE_LOST = 'YAMA_FENCE_LOST'

/** ER_SUBQUERY_NO_1_ROW of the statement below. */
export const isLostFence = (errno: number, statement: string): boolean => errno === 1242 && statement.includes(FENCE_LOST)

/**
 * Locks the fence's row until the end of the transaction, so that a takeover waits for it, and fails where the token is no
 * longer the one given. SQL has no statement that raises an error on a condition; a subquery with two rows where one is
 * wanted is one, whatever the session's sql_mode says.
 */
export function fenceCommand(tables: HistoryTables, project: string, token: number): Command {
  const held = `SELECT 1 FROM ${tables.fence} WHERE project = ${literal(project)} AND token = ${String(token)} LOCK IN SHARE MODE`
  return {
    sql: `SELECT IF(EXISTS (${held}), 1, (SELECT 1 FROM ${tables.meta} WHERE project = '')) AS ${'`held`'} /* ${FENCE_LOST} */`,
  }
}
