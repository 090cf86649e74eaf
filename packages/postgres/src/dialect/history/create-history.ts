import type { Connection, EventRow, HistoryStore, MigrationRow, SnapshotRow, StepRow } from '@yama/core'
import { BODY_COLUMNS, bodyOf, EVENT_COLUMNS, SNAPSHOT_COLUMNS, STEP_COLUMNS } from '@yama/core/dialect-kit'
import { literal } from '../../types/quoted.ts'
import type { ServerNotice } from '../drivers/wire.ts'
import { encodeWrites } from './encode-writes.ts'
import { ensureHistory } from './ensure-history.ts'
import { fenceCommand } from './fence.ts'
import { decodeRow, selectList } from './history-codec.ts'
import { historyTables } from './history-tables.ts'
import { readHistory, readRows, withRights } from './read-history.ts'

const among = (ids: readonly string[]): string => (ids.length === 0 ? 'FALSE' : `migration_id IN (${ids.map(literal).join(', ')})`)

/** The history in the tables of one schema, by default `yama`; bodies and snapshots are deflated. */
export function createHistory(
  connection: Connection,
  project: string,
  schema: string,
  onNotice: (notice: ServerNotice) => void,
): HistoryStore {
  const tables = historyTables(schema)
  const mine = `project = ${literal(project)}`
  return {
    ensure: () => withRights(connection, tables, 'create', () => ensureHistory(connection, tables, onNotice)),
    read: () => readHistory(connection, tables, project, 'whole'),
    head: () => readHistory(connection, tables, project, 'head'),
    applied: async () => {
      const sql = `SELECT json_agg(id)::text AS ids FROM ${tables.migration} WHERE ${mine} AND status = 'applied'`
      const ids = (await readRows(connection, tables, { sql }))[0]?.['ids']
      return new Set(typeof ids === 'string' ? (JSON.parse(ids) as string[]) : [])
    },
    events: async ({ migrationIds, limit, after } = {}) => {
      const only = migrationIds === undefined ? '' : ` AND ${among(migrationIds)}`
      const from = after === undefined ? '' : ` AND seq > ${String(Math.trunc(after))}`
      const sql = `SELECT ${selectList(EVENT_COLUMNS)} FROM ${tables.event} e WHERE ${mine}${only}${from} ORDER BY e.seq${after === undefined ? ' DESC' : ''}${limit === undefined ? '' : ` LIMIT ${String(Math.trunc(limit))}`}`
      const rows = (await readRows(connection, tables, { sql })).map((row) => decodeRow<EventRow>(EVENT_COLUMNS, row))
      return after === undefined ? rows.reverse() : rows
    },
    steps: async (ids) => {
      const sql = `SELECT ${selectList(STEP_COLUMNS)} FROM ${tables.step} WHERE ${mine} AND ${among(ids)} ORDER BY migration_id, attempt, n`
      return (await readRows(connection, tables, { sql })).map((row) => decodeRow<StepRow>(STEP_COLUMNS, row))
    },
    body: async (id) => {
      const rows = await readRows(connection, tables, {
        sql: `SELECT ${selectList(BODY_COLUMNS)} FROM ${tables.migration} WHERE ${mine} AND id = ${literal(id)}`,
      })
      return rows[0] === undefined ? undefined : bodyOf(decodeRow<MigrationRow>(BODY_COLUMNS, rows[0]))
    },
    snapshot: async () => {
      const rows = await readRows(connection, tables, {
        sql: `SELECT ${selectList(SNAPSHOT_COLUMNS)} FROM ${tables.snapshot} WHERE ${mine}`,
      })
      return rows[0] === undefined ? undefined : decodeRow<SnapshotRow>(SNAPSHOT_COLUMNS, rows[0])
    },
    encode: (writes) => encodeWrites(tables, project, writes),
    fence: (token) => fenceCommand(tables, project, token),
  }
}
