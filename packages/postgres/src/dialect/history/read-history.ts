import {
  CHAIN_START,
  HISTORY_FORMAT,
  type Command,
  type Connection,
  type HistoryState,
  type MigrationRow,
  type QueryResult,
  type StepRow,
  isBatchFailure,
} from '@yama/core'
import { EMPTY_HISTORY, LISTED_COLUMNS, STEP_COLUMNS } from '@yama/core/dialect-kit'
import { postgresErrors } from '../../errors/errors.ts'
import { identifier, literal } from '../../types/quoted.ts'
import { describeFailure } from '../failures.ts'
import { noteHistory, sawHistory } from '../server-info.ts'
import { decodeList, decodeRow, isoTime, selectArray, selectList } from './history-codec.ts'
import type { HistoryTables } from './history-tables.ts'

const NOW = `SELECT ${isoTime('clock_timestamp()')} AS now`
/** Tables of anybody, lower case: by name and, outside `public`, by schema and name. */
const TABLES = `SELECT lower(t.relname) AS name, lower(s.nspname || '.' || t.relname) AS qualified FROM pg_catalog.pg_class t JOIN pg_catalog.pg_namespace s ON s.oid = t.relnamespace WHERE t.relkind IN ('r', 'p', 'm', 'f') AND s.nspname <> 'information_schema' AND s.nspname !~ '^pg_'`

/** Whether the tables are there: asked of the catalogue, so that it is no error where they are not, nor without any right on them. */
async function historyExists(connection: Connection, schema: string): Promise<{ readonly exists: boolean; readonly now: string }> {
  const { rows } = await connection.execute(
    `${NOW}, EXISTS (SELECT FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = ${literal(schema)} AND c.relname = 'migration') AS found`,
  )
  const found = rows[0]?.['found'] === true
  if (found) noteHistory(connection.server)
  return { exists: found, now: String(rows[0]?.['now']) }
}

/** Everything that a plan needs, in one round trip where the connection saw the tables before; of a `head` no migrations and steps. */
export async function readHistory(
  connection: Connection,
  tables: HistoryTables,
  project: string,
  part: 'whole' | 'head',
): Promise<HistoryState> {
  if (!sawHistory(connection.server)) {
    const { exists, now } = await historyExists(connection, tables.schema)
    if (!exists)
      return {
        ...EMPTY_HISTORY,
        tables: (await connection.execute(TABLES)).rows.flatMap((row) => [String(row['name']), String(row['qualified'])]),
        now,
      }
  }
  const mine = `project = ${literal(project)}`
  const [clock, meta, head, migrations, steps] = await withRights(connection, tables, 'read', () =>
    connection.batch(
      [
        NOW,
        `SELECT key, value FROM ${tables.meta} WHERE project IN ('', ${literal(project)}) ORDER BY project`,
        `SELECT seq, encode(hash, 'hex') AS hash FROM ${tables.event} WHERE ${mine} ORDER BY seq DESC LIMIT 1`,
        ...(part === 'head'
          ? []
          : [
              // One value: thousands of rows cost the driver more than their content.
              `SELECT json_agg(${selectArray(LISTED_COLUMNS)} ORDER BY applied_seq, id)::text AS list FROM ${tables.migration} WHERE ${mine}`,
              `SELECT ${selectList(STEP_COLUMNS)} FROM ${tables.step} WHERE ${mine} AND state IN ('intent', 'failed') ORDER BY migration_id, attempt, n`,
            ]),
      ].map((sql) => ({ sql })),
      { transaction: true },
    ),
  )
  const values = new Map(rowsOf(meta).map((row) => [String(row['key']), String(row['value'])]))
  const format = Number(values.get('format') ?? HISTORY_FORMAT)
  requireFormat(format, tables)
  const last = rowsOf(head)[0]
  return {
    exists: true,
    databaseId: values.get('db_uuid') ?? '',
    environment: values.get('environment'),
    format,
    chainSeq: Number(last?.['seq'] ?? 0),
    chainHead: String(last?.['hash'] ?? CHAIN_START),
    meta: Object.fromEntries(values),
    now: String(rowsOf(clock)[0]?.['now']),
    migrations: decodeList<MigrationRow>(LISTED_COLUMNS, rowsOf(migrations)[0]?.['list']),
    openSteps: rowsOf(steps).map((row) => decodeRow<StepRow>(STEP_COLUMNS, row)),
  }
}

const rowsOf = (result: QueryResult | undefined): QueryResult['rows'] => result?.rows ?? []

/** One query on the history; no rows where there is none. */
export async function readRows(connection: Connection, tables: HistoryTables, command: Command): Promise<QueryResult['rows']> {
  if (!sawHistory(connection.server) && !(await historyExists(connection, tables.schema)).exists) return []
  return await withRights(connection, tables, 'read', async () => (await connection.execute(command.sql, command.parameters)).rows)
}

/** Says whose rights are missing, and for what, where the server only says on which object. */
export async function withRights<T>(
  connection: Connection,
  tables: HistoryTables,
  action: 'read' | 'create' | 'write',
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const described = describeFailure(isBatchFailure(error) ? error.cause : error)
    if (described.kind !== 'permission') throw error
    const about = { user: connection.server.user, action, schema: tables.schema, reason: described.message }
    throw postgresErrors.YAMA_POSTGRES_HISTORY_PERMISSION(
      { ...about, name: identifier(tables.schema), role: identifier(connection.server.user) },
      { cause: error },
    )
  }
}

export async function historyFormat(connection: Connection, tables: HistoryTables): Promise<number> {
  const rows = await readRows(connection, tables, { sql: `SELECT value FROM ${tables.meta} WHERE project = '' AND key = 'format'` })
  const found = Number(rows[0]?.['value'] ?? 0)
  requireFormat(found, tables)
  return found
}

export function requireFormat(found: number, tables: HistoryTables): void {
  if (found > HISTORY_FORMAT) throw postgresErrors.YAMA_POSTGRES_HISTORY_FORMAT({ schema: tables.schema, found, known: HISTORY_FORMAT })
}
