import type { Connection } from '@yama/core'
import { coreErrors, HISTORY_FORMAT } from '@yama/core'
import { literal } from '../statements/quoted.ts'
import { noteHistory, sawHistory } from '../server-info.ts'
import { createTables, type HistoryTables } from './history-tables.ts'
import { createViews } from './history-views.ts'
import { historyExists, historyFormat, requireFormat } from './read-history.ts'

/** Seconds that processes which create the tables at once wait for the first of them. */
const WAIT_S = 60

/**
 * Creates the tables under a lock of its own, so that processes which do it at once wait for the first and then find
 * everything there. `IF NOT EXISTS` alone is not enough for the views and for the row with the database's id. Named locks
 * belong to the whole server, so the database is part of the name.
 */
export async function ensureHistory(connection: Connection, tables: HistoryTables): Promise<void> {
  if (sawHistory(connection.server) && (await historyFormat(connection, tables)) === HISTORY_FORMAT) return
  const name = `CONCAT('yama:ensure:', LEFT(SHA2(${literal(tables.database.toLowerCase())}, 256), 40))`
  const question = `SELECT GET_LOCK(${name}, ${String(WAIT_S)}) AS \`got\``
  const { exists, before } = await historyExists(connection, tables, question)
  if (Number(before[0]?.rows[0]?.['got']) !== 1) {
    throw coreErrors.YAMA_LOCK_BUSY({ key: 'of the history tables', holder: 'another process creates them', waited: WAIT_S * 1000 })
  }
  const release = `DO RELEASE_LOCK(${name})`
  let released = false
  try {
    // The first of those that waited has made it.
    if (exists && (await historyFormat(connection, tables)) === HISTORY_FORMAT) return
    const format = `SELECT \`value\` FROM ${tables.meta} WHERE \`project\` = '' AND \`key\` = 'format'`
    const commands = [...createTables(tables), ...createViews(tables), format, release].map((sql) => ({ sql }))
    const results = await connection.batch(commands, { transaction: false })
    released = true
    requireFormat(Number(results.at(-2)?.rows[0]?.['value']), tables)
    noteHistory(connection.server)
  } finally {
    if (!released) await connection.execute(release)
  }
}
