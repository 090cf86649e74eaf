import { randomUUID } from 'node:crypto'
import {
  CHAIN_START,
  coreErrors,
  HISTORY_FORMAT,
  type Connection,
  type EventRow,
  type HistoryHead,
  type HistoryStore,
  type MigrationRow,
  type SnapshotRow,
  type StepRow,
} from '@yama/core'
import { BODY_COLUMNS, bodyOf, EMPTY_HISTORY, EVENT_COLUMNS, LISTED_COLUMNS, SNAPSHOT_COLUMNS, STEP_COLUMNS } from '@yama/core/dialect-kit'
import type { SqliteConnection } from './connection.ts'
import { decodeRow, encodeWrite } from './history-codec.ts'
import { HISTORY_TABLES, HISTORY_VIEWS } from './history-tables.ts'

const AMONG = 'migration_id IN (SELECT value FROM json_each(?))'
const NOW = "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')"

/** History in `yama_*` tables of the database itself; bodies and snapshots are deflated. */
export function createHistory(connection: SqliteConnection, project: string): HistoryStore {
  const exists = (): Promise<boolean> => historyExists(connection)
  return {
    ensure: async () => {
      if ((await exists()) && (await format(connection)) === HISTORY_FORMAT) return
      // IF NOT EXISTS inside BEGIN IMMEDIATE: a second process waits, then finds everything there.
      const create = async (): Promise<void> => {
        for (const sql of [...HISTORY_TABLES, ...HISTORY_VIEWS]) await connection.execute(sql)
        await connection.execute("INSERT OR IGNORE INTO yama_meta (project, key, value) VALUES ('', 'db_uuid', ?)", [randomUUID()])
        await connection.execute("INSERT OR IGNORE INTO yama_meta (project, key, value) VALUES ('', 'format', ?)", [String(HISTORY_FORMAT)])
      }
      // Whoever calls it waits, and says for whom.
      await connection.transaction(create, { busyTimeoutMs: 50 })
      await format(connection)
    },
    head: async () => await readHead(connection, project),
    read: async () => {
      const head = await readHead(connection, project)
      if (!head.exists) return { ...EMPTY_HISTORY, ...head, tables: await tablesThere(connection) }
      const migrations = await connection.execute(
        `SELECT ${LISTED_COLUMNS.map(([, column]) => column).join(', ')} FROM yama_migration WHERE project = ? ORDER BY applied_seq, id`,
        [project],
      )
      const steps = await connection.execute(
        "SELECT * FROM yama_step WHERE project = ? AND state IN ('intent', 'failed') ORDER BY migration_id, attempt, n",
        [project],
      )
      return {
        ...head,
        migrations: migrations.rows.map((row) => decodeRow<MigrationRow>(LISTED_COLUMNS, row)),
        openSteps: steps.rows.map((row) => decodeRow<StepRow>(STEP_COLUMNS, row)),
      }
    },
    applied: async () => {
      if (!(await exists())) return new Set()
      const { rows } = await connection.execute("SELECT id FROM yama_migration WHERE project = ? AND status = 'applied'", [project])
      return new Set(rows.map((row) => String(row['id'])))
    },
    events: async (filter = {}) => {
      if (!(await exists())) return []
      const { migrationIds, after, limit = -1 } = filter
      const only = migrationIds === undefined ? '' : ` AND ${AMONG}`
      const from = after === undefined ? '' : ' AND seq > ?'
      const parameters = [
        project,
        ...(migrationIds === undefined ? [] : [JSON.stringify(migrationIds)]),
        ...(after === undefined ? [] : [after]),
        limit,
      ]
      const order = after === undefined ? 'seq DESC' : 'seq'
      const sql = `SELECT * FROM yama_event WHERE project = ?${only}${from} ORDER BY ${order} LIMIT ?`
      const rows = (await connection.execute(sql, parameters)).rows.map((row) => decodeRow<EventRow>(EVENT_COLUMNS, row))
      return after === undefined ? rows.reverse() : rows
    },
    steps: async (ids) => {
      if (!(await exists())) return []
      const sql = `SELECT * FROM yama_step WHERE project = ? AND ${AMONG} ORDER BY migration_id, attempt, n`
      return (await connection.execute(sql, [project, JSON.stringify(ids)])).rows.map((row) => decodeRow<StepRow>(STEP_COLUMNS, row))
    },
    body: async (id) => {
      if (!(await exists())) return undefined
      const { rows } = await connection.execute(
        `SELECT ${BODY_COLUMNS.map(([, column]) => column).join(', ')} FROM yama_migration WHERE project = ? AND id = ?`,
        [project, id],
      )
      return rows[0] === undefined ? undefined : bodyOf(decodeRow<MigrationRow>(BODY_COLUMNS, rows[0]))
    },
    snapshot: async () => {
      if (!(await exists())) return undefined
      const { rows } = await connection.execute('SELECT * FROM yama_snapshot WHERE project = ?', [project])
      return rows[0] === undefined ? undefined : decodeRow<SnapshotRow>(SNAPSHOT_COLUMNS, rows[0])
    },
    encode: (writes) => writes.map((write) => encodeWrite(project, write)),
    // No plain statement raises an error on a condition, so the fence is an insert that violates NOT NULL when the token is gone.
    fence: (token) => ({
      sql: 'INSERT INTO yama_fence (id, token) SELECT 1, NULL WHERE NOT EXISTS (SELECT 1 FROM yama_lease WHERE token = ?)',
      parameters: [token],
    }),
  }
}

const historyExists = async (connection: Connection): Promise<boolean> =>
  (await connection.execute("SELECT 1 AS found FROM sqlite_schema WHERE type = 'table' AND name = 'yama_meta'", [])).rows.length > 0

async function readHead(connection: Connection, project: string): Promise<HistoryHead> {
  const now = String((await connection.execute(`SELECT ${NOW} AS now`, [])).rows[0]?.['now'])
  if (!(await historyExists(connection))) return { ...EMPTY_HISTORY, now }
  await format(connection)
  const meta = await readMeta(connection, project)
  return {
    exists: true,
    databaseId: meta.get('db_uuid') ?? '',
    environment: meta.get('environment'),
    format: Number(meta.get('format') ?? HISTORY_FORMAT),
    ...(await chain(connection, project)),
    meta: Object.fromEntries(meta),
    now,
  }
}

async function tablesThere(connection: Connection): Promise<readonly string[]> {
  const { rows } = await connection.execute(
    "SELECT lower(name) AS name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'",
    [],
  )
  return rows.map((row) => String(row['name']))
}

async function chain(connection: Connection, project: string): Promise<Pick<HistoryHead, 'chainSeq' | 'chainHead'>> {
  const { rows } = await connection.execute('SELECT seq, hash FROM yama_event WHERE project = ? ORDER BY seq DESC LIMIT 1', [project])
  return rows[0] === undefined
    ? { chainSeq: 0, chainHead: CHAIN_START }
    : { chainSeq: Number(rows[0]['seq']), chainHead: String(rows[0]['hash']) }
}

async function readMeta(connection: Connection, project: string): Promise<ReadonlyMap<string, string>> {
  const { rows } = await connection.execute("SELECT key, value FROM yama_meta WHERE project IN ('', ?) ORDER BY project", [project])
  return new Map(rows.map((row) => [String(row['key']), String(row['value'])]))
}

async function format(connection: Connection): Promise<number> {
  const found = Number((await readMeta(connection, '')).get('format') ?? 0)
  if (found > HISTORY_FORMAT) {
    throw coreErrors.YAMA_HISTORY_FORMAT({ found, known: HISTORY_FORMAT })
  }
  return found
}
