import type { Connection } from '@yama/core'
import { HISTORY_FORMAT } from '@yama/core'
import { literal } from '../../types/quoted.ts'
import type { ServerNotice } from '../drivers/wire.ts'
import { noteHistory, sawHistory } from '../server-info.ts'
import { createTables, type HistoryTables } from './history-tables.ts'
import { createUserView, createViews, userViewsQuestion } from './history-views.ts'
import { historyFormat, requireFormat } from './read-history.ts'

/** 'yama' and the purpose, as a number that no other program uses by chance: constant, for there is no database id yet. */
const BOOTSTRAP_KEY = '6447893100531679281'

/**
 * Creates the tables under a lock of its own, so that processes which do it at once wait for the first and then find
 * everything there (knex #3538). `IF NOT EXISTS` alone is not enough: two sessions can both find nothing.
 */
export async function ensureHistory(
  connection: Connection,
  tables: HistoryTables,
  onNotice: (notice: ServerNotice) => void,
): Promise<void> {
  if (sawHistory(connection.server) && (await historyFormat(connection, tables)) === HISTORY_FORMAT) return
  // Under repeatable read the snapshot would be older than the lock.
  const opening = [
    'SET TRANSACTION ISOLATION LEVEL READ COMMITTED',
    'SET LOCAL client_min_messages = warning',
    'SET LOCAL lock_timeout = 0',
    `SELECT pg_advisory_xact_lock(${BOOTSTRAP_KEY})`,
  ]
  const { rows } = await connection.execute(userViewsQuestion(tables.schema), [])
  const views = rows.flatMap(({ schema, view, taken }) => {
    if (taken !== true) return createUserView(tables.schema, String(schema), String(view))
    onNotice({
      severity: 'NOTICE',
      code: '42P07',
      message: `${String(schema)}.${String(view)} exists already; Yama's view of this name is only in schema ${tables.schema}`,
    })
    return []
  })
  const commands = [...opening, ...createTables(tables), ...createViews(tables), ...views].map((sql) => ({ sql }))
  const results = await connection.batch(
    [...commands, { sql: `SELECT value FROM ${tables.meta} WHERE project = '' AND key = ${literal('format')}` }],
    { transaction: true },
  )
  requireFormat(Number(results.at(-1)?.rows[0]?.['value']), tables)
  noteHistory(connection.server)
}
