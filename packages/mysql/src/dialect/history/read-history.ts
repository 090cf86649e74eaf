import {
  CHAIN_START,
  HISTORY_FORMAT,
  isBatchFailure,
  type Command,
  type Connection,
  type HistoryState,
  type MigrationRow,
  type QueryResult,
  type StepRow,
} from '@yama/core'
import { EMPTY_HISTORY, LISTED_COLUMNS, STEP_COLUMNS } from '@yama/core/dialect-kit'
import { mysqlErrors } from '../../errors/errors.ts'
import { describeFailure } from '../failures.ts'
import { noteHistory, sawHistory } from '../server-info.ts'
import { accountName, identifier, literal } from '../statements/quoted.ts'
import { decodeRow, NOW, selectList } from './history-codec.ts'
import { LAST_TABLE, type HistoryTables } from './history-tables.ts'

/** Of the catalogue, so that it is no error where they are not there; and the server's time. */
const existsSql = ({ database }: HistoryTables): string =>
  `SELECT ${NOW} AS \`now\`, (SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = ${literal(database)} AND table_name = '${LAST_TABLE}') AS \`found\``

/** Tables of anybody in the database, lower case. */
const tablesSql = ({ database }: HistoryTables): string =>
  `SELECT LOWER(table_name) AS \`name\` FROM information_schema.tables WHERE table_schema = ${literal(database)} AND table_type <> 'VIEW'`

/** Whether the tables of the history are there; with the answers to other questions that were asked before it. */
export async function historyExists(
  connection: Connection,
  tables: HistoryTables,
  ...before: readonly string[]
): Promise<{ readonly exists: boolean; readonly now: string; readonly before: readonly QueryResult[] }> {
  const answers = await connection.batch(
    [...before, existsSql(tables)].map((sql) => ({ sql })),
    { transaction: false },
  )
  const [row] = rowsOf(answers.at(-1))
  const exists = Number(row?.['found']) > 0
  if (exists) noteHistory(connection.server)
  return { exists, now: String(row?.['now']), before: answers.slice(0, -1) }
}

/** Everything that a plan needs, in one round trip where the connection saw the tables before; of a `head` no migrations and steps. */
export async function readHistory(
  connection: Connection,
  tables: HistoryTables,
  project: string,
  part: 'whole' | 'head',
): Promise<HistoryState> {
  if (!sawHistory(connection.server)) {
    const { exists, now, before } = await historyExists(connection, tables, tablesSql(tables))
    if (!exists) return { ...EMPTY_HISTORY, now, tables: rowsOf(before[0]).flatMap((row) => namesOf(tables, String(row['name']))) }
  }
  const mine = `\`project\` = ${literal(project)}`
  const [clock, meta, head, migrations, steps] = await withRights(connection, tables, 'read', () =>
    connection.batch(
      [
        `SELECT ${NOW} AS \`now\``,
        `SELECT \`key\`, \`value\` FROM ${tables.meta} WHERE \`project\` IN ('', ${literal(project)}) ORDER BY \`project\``,
        `SELECT \`seq\`, LOWER(HEX(\`hash\`)) AS \`hash\` FROM ${tables.event} WHERE ${mine} ORDER BY \`seq\` DESC LIMIT 1`,
        ...(part === 'head'
          ? []
          : [
              `SELECT ${selectList(LISTED_COLUMNS)} FROM ${tables.migration} WHERE ${mine} ORDER BY \`applied_seq\`, \`id\``,
              `SELECT ${selectList(STEP_COLUMNS)} FROM ${tables.step} WHERE ${mine} AND \`state\` IN ('intent', 'failed') ORDER BY \`migration_id\`, \`attempt\`, \`n\``,
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
    migrations: rowsOf(migrations).map((row) => decodeRow<MigrationRow>(LISTED_COLUMNS, row)),
    openSteps: rowsOf(steps).map((row) => decodeRow<StepRow>(STEP_COLUMNS, row)),
  }
}

/** By name, and by database and name. */
const namesOf = ({ database }: HistoryTables, table: string): readonly string[] => [table, `${database.toLowerCase()}.${table}`]

const rowsOf = (result: QueryResult | undefined): QueryResult['rows'] => result?.rows ?? []

/** One query on the history; no rows where there is none. */
export async function readRows(connection: Connection, tables: HistoryTables, command: Command): Promise<QueryResult['rows']> {
  if (!sawHistory(connection.server) && !(await historyExists(connection, tables)).exists) return []
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
    throw mysqlErrors.YAMA_MYSQL_HISTORY_PERMISSION(
      {
        ...{ user: connection.server.user, action, database: tables.database, reason: described.message },
        ...{ objects: `${identifier(tables.database)}.*`, account: accountName(connection.server.user) },
      },
      { cause: error },
    )
  }
}

export async function historyFormat(connection: Connection, tables: HistoryTables): Promise<number> {
  const rows = await readRows(connection, tables, {
    sql: `SELECT \`value\` FROM ${tables.meta} WHERE \`project\` = '' AND \`key\` = 'format'`,
  })
  const found = Number(rows[0]?.['value'] ?? 0)
  requireFormat(found, tables)
  return found
}

export function requireFormat(found: number, tables: HistoryTables): void {
  if (found > HISTORY_FORMAT) throw mysqlErrors.YAMA_MYSQL_HISTORY_FORMAT({ database: tables.database, found, known: HISTORY_FORMAT })
}
