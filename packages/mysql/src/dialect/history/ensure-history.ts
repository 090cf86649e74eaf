import { coreErrors, HISTORY_FORMAT, isBatchFailure, type Connection } from '@yama/core'
import { isServerFailure } from '../../errors/server-failure.ts'
import { literal } from '../statements/quoted.ts'
import { noteHistory, sawHistory } from '../server-info.ts'
import { createTables, type HistoryTables } from './history-tables.ts'
import { createViews } from './history-views.ts'
import { historyFormat, requireFormat } from './read-history.ts'

/** Seconds that processes which create the tables at once wait for the first of them. */
const WAIT_S = 60
const ER_SUBQUERY_NO_1_ROW = 1242

/**
 * Creates the tables under a lock of its own, so that processes which do it at once wait for the first and then find
 * everything there. `IF NOT EXISTS` alone is not enough for the views and for the row with the database's id. Named locks
 * belong to the whole server, so the database is part of the name.
 */
export async function ensureHistory(connection: Connection, tables: HistoryTables): Promise<void> {
  if (sawHistory(connection.server) && (await historyFormat(connection, tables)) === HISTORY_FORMAT) return
  const name = `CONCAT('yama:ensure:', LEFT(SHA2(${literal(tables.database.toLowerCase())}, 256), 40))`
  // A lock that could not be had is no error to the server, and a subquery with two rows is one: nothing after it is run.
  const lock = `SELECT IF(GET_LOCK(${name}, ${String(WAIT_S)}) = 1, 1, (SELECT 1 UNION SELECT 2)) AS \`got\``
  const release = `DO RELEASE_LOCK(${name})`
  const format = `SELECT \`value\` FROM ${tables.meta} WHERE \`project\` = '' AND \`key\` = 'format'`
  // The first of those that waited has made everything, and none of it is made twice.
  const commands = [lock, ...createTables(tables), ...createViews(tables), format, release].map((sql) => ({ sql }))
  const results = await connection.batch(commands, { transaction: false }).catch(async (error: unknown) => {
    if (isBatchFailure(error) && error.index === 0 && isServerFailure(error.cause) && error.cause.errno === ER_SUBQUERY_NO_1_ROW)
      throw coreErrors.YAMA_LOCK_BUSY({ key: 'of the history tables', holder: 'another process creates them', waited: WAIT_S * 1000 })
    await connection.execute(release)
    throw error
  })
  requireFormat(Number(results.at(-2)?.rows[0]?.['value']), tables)
  noteHistory(connection.server)
}
