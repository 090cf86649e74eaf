import type { Command } from '@yama/core'
import { literal } from '../../types/quoted.ts'
import type { HistoryTables } from './history-tables.ts'

/** In the text of the error by which a stale fence stops a batch. */
export const FENCE_LOST = 'YAMA_FENCE_LOST'

/**
 * Locks the fence's row until the end of the transaction, so that a takeover waits for it, and fails where the token is no
 * longer the one given. SQL has no statement that raises an error on a condition; a cast which cannot be done is one.
 */
export function fenceCommand(tables: HistoryTables, project: string, token: number): Command {
  const row = `project = ${literal(project)} AND token = ${String(token)}`
  return {
    sql: `SELECT CASE WHEN count(*) = 1 THEN 1 ELSE ('${FENCE_LOST} ' || count(*))::integer END FROM (SELECT 1 FROM ${tables.fence} WHERE ${row} FOR SHARE) held`,
  }
}
