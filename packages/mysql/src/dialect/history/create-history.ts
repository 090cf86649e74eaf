import type { Connection, EventRow, HistoryStore, MigrationRow, SnapshotRow, StepRow } from '@yama/core'
import { BODY_COLUMNS, bodyOf, EVENT_COLUMNS, SNAPSHOT_COLUMNS, STEP_COLUMNS } from '@yama/core/dialect-kit'
import { mysqlErrors } from '../../errors/errors.ts'
import { literal } from '../statements/quoted.ts'
import { encodeWrites } from './encode-writes.ts'
import { ensureHistory } from './ensure-history.ts'
import { fenceCommand } from './fence.ts'
import { decodeRow, selectList } from './history-codec.ts'
import { historyTables } from './history-tables.ts'
import { readHistory, readRows, withRights } from './read-history.ts'

const among = (ids: readonly string[]): string => (ids.length === 0 ? 'FALSE' : `\`migration_id\` IN (${ids.map(literal).join(', ')})`)

/** The history in `yama_*` tables of the database itself; bodies and snapshots are deflated. Throws YAMA_MYSQL_NO_DATABASE. */
export function createHistory(connection: Connection, project: string): HistoryStore {
  const { database, host } = connection.server
  if (database === '') throw mysqlErrors.YAMA_MYSQL_NO_DATABASE({ host })
  const tables = historyTables(database)
  const mine = `\`project\` = ${literal(project)}`
  return {
    ensure: () => withRights(connection, tables, 'create', () => ensureHistory(connection, tables)),
    read: () => readHistory(connection, tables, project, 'whole'),
    head: () => readHistory(connection, tables, project, 'head'),
    applied: async () => {
      const sql = `SELECT \`id\` FROM ${tables.migration} WHERE ${mine} AND \`status\` = 'applied'`
      return new Set((await readRows(connection, tables, { sql })).map((row) => String(row['id'])))
    },
    events: async ({ migrationIds, limit, after } = {}) => {
      const only = migrationIds === undefined ? '' : ` AND ${among(migrationIds)}`
      const from = after === undefined ? '' : ` AND \`seq\` > ${String(Math.trunc(after))}`
      const most = limit === undefined ? '' : ` LIMIT ${String(Math.trunc(limit))}`
      const sql = `SELECT ${selectList(EVENT_COLUMNS)} FROM ${tables.event} WHERE ${mine}${only}${from} ORDER BY \`seq\`${after === undefined ? ' DESC' : ''}${most}`
      const rows = (await readRows(connection, tables, { sql })).map((row) => decodeRow<EventRow>(EVENT_COLUMNS, row))
      return after === undefined ? rows.reverse() : rows
    },
    steps: async (ids) => {
      const sql = `SELECT ${selectList(STEP_COLUMNS)} FROM ${tables.step} WHERE ${mine} AND ${among(ids)} ORDER BY \`migration_id\`, \`attempt\`, \`n\``
      return (await readRows(connection, tables, { sql })).map((row) => decodeRow<StepRow>(STEP_COLUMNS, row))
    },
    body: async (id) => {
      const sql = `SELECT ${selectList(BODY_COLUMNS)} FROM ${tables.migration} WHERE ${mine} AND \`id\` = ${literal(id)}`
      const row = (await readRows(connection, tables, { sql }))[0]
      return row === undefined ? undefined : bodyOf(decodeRow<MigrationRow>(BODY_COLUMNS, row))
    },
    snapshot: async () => {
      const sql = `SELECT ${selectList(SNAPSHOT_COLUMNS)} FROM ${tables.snapshot} WHERE ${mine}`
      const row = (await readRows(connection, tables, { sql }))[0]
      return row === undefined ? undefined : decodeRow<SnapshotRow>(SNAPSHOT_COLUMNS, row)
    },
    encode: (writes) => encodeWrites(tables, project, writes),
    fence: (token) => fenceCommand(tables, project, token),
  }
}
