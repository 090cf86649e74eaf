import { printPlainly, PRINTING } from './print-plainly.ts'
import { OWN_COMMENT } from '../dialect/history/history-functions.ts'
import type { Connection, QueryResult } from '@yama/core'
import { exactStatement, NO_TEXT } from './exact-statement.ts'
import { triggerBody } from './trigger-body.ts'
import { hiddenFromUser, PRIVILEGES } from './hidden-from-user.ts'
import type { KeptSettings } from './made-under.ts'
import type { Unmanaged } from '@yama/schema'
import type { Collations } from './table-model.ts'
import { shownStatements } from './shown-statements.ts'

export interface SchemaObject {
  readonly name: string
  readonly type: 'table' | 'view' | 'sequence' | 'other'
  /** What SHOW CREATE prints. */
  readonly statement: string
  /** Why the server does not print it. */
  readonly failure?: string
}

export interface TriggerRow extends KeptSettings {
  readonly name: string
  readonly table: string
  readonly timing: string
  readonly event: string
  readonly body: string
}

/** A function, procedure or event; the statement is empty where the user may not see it. */
export interface ProgrammeRow extends KeptSettings {
  readonly type: 'function' | 'procedure' | 'event' | 'package' | 'package body'
  readonly name: string
  readonly statement: string
  /** Of an event that began when it was made: what its statement says of its start is when that was. */
  readonly atOnce: boolean
}

export interface Catalogue {
  readonly database: string
  readonly collations: Collations
  readonly objects: readonly SchemaObject[]
  readonly triggers: readonly TriggerRow[]
  readonly programmes: readonly ProgrammeRow[]
  /** Kinds that the user does not see. */
  readonly hidden: readonly Unmanaged[]
}

const queries = (kind: 'mysql' | 'mariadb'): readonly string[] => [
  `SELECT TABLE_NAME AS name, TABLE_TYPE AS type FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE() ORDER BY TABLE_NAME`,
  PRINTING[kind],
  `SELECT CHARACTER_SET_NAME AS charset, DEFAULT_COLLATE_NAME AS collation FROM information_schema.CHARACTER_SETS`,
  `SELECT TRIGGER_NAME AS name, EVENT_OBJECT_TABLE AS tbl, ACTION_TIMING AS timing, EVENT_MANIPULATION AS event, SQL_MODE AS mode, COLLATION_CONNECTION AS collation
    FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA = DATABASE() ORDER BY EVENT_OBJECT_TABLE, ACTION_TIMING, EVENT_MANIPULATION, ACTION_ORDER`,
  `SELECT ROUTINE_TYPE AS type, ROUTINE_NAME AS name, SQL_MODE AS mode, COLLATION_CONNECTION AS collation FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = DATABASE() AND ROUTINE_COMMENT <> '${OWN_COMMENT}' ORDER BY ROUTINE_NAME, ROUTINE_TYPE`,
  `SELECT 'EVENT' AS type, EVENT_NAME AS name, SQL_MODE AS mode, COLLATION_CONNECTION AS collation, TIME_ZONE AS zone,
      abs(timestampdiff(SECOND, CREATED, STARTS)) < 3 OR abs(timestampdiff(SECOND, LAST_ALTERED, STARTS)) < 3 AS at_once
    FROM information_schema.EVENTS WHERE EVENT_SCHEMA = DATABASE() ORDER BY EVENT_NAME`,
  PRIVILEGES,
]

const TYPES: Readonly<Record<string, SchemaObject['type']>> = {
  'BASE TABLE': 'table',
  'SYSTEM VERSIONED': 'table',
  VIEW: 'view',
  SEQUENCE: 'sequence',
}

/**
 * Reads everything: seven set-based queries in one batch, then every object's own statement in another. `information_schema` leaves out or misprints
 * what a table consists of (docs/adr/0009-mysql-reads-show-create.md); SHOW CREATE is what a backup is made of.
 */
export async function readCatalogue(connection: Connection, seen: (name: string) => boolean): Promise<Catalogue> {
  const kind = connection.server.kind === 'mariadb' ? 'mariadb' : 'mysql'
  const lists = await rowsOf(connection, queries(kind))
  const printing = printPlainly(lists[1]?.[0], kind)
  if (printing === undefined) return await readStatements(connection, lists, seen)
  const [set, back] = printing
  await connection.execute(set)
  try {
    return await readStatements(connection, await rowsOf(connection, queries(kind)), seen)
  } finally {
    await connection.execute(back)
  }
}

async function readStatements(
  connection: Connection,
  [objects, database, charsets, triggers, routines, events, privileges]: readonly QueryResult['rows'][],
  seen: (name: string) => boolean,
): Promise<Catalogue> {
  const listed = (objects ?? [])
    .map((row) => ({ name: String(row['name']), type: TYPES[String(row['type'])] ?? ('other' as const) }))
    .filter(({ name }) => seen(name))
  const shown = listed.filter(({ type }) => type !== 'other')
  const programmes = [...(routines ?? []), ...(events ?? [])]
    .map((row) => ({
      name: String(row['name']),
      type: String(row['type']).toLowerCase() as ProgrammeRow['type'],
      atOnce: Number(row['at_once'] ?? 0) === 1,
      ...keptSettings(row),
    }))
    .filter(({ name }) => seen(name))
  const ofTables = (triggers ?? [])
    .map((row) => ({
      type: 'trigger',
      name: String(row['name']),
      table: String(row['tbl']),
      timing: String(row['timing']),
      event: String(row['event']),
      ...keptSettings(row),
    }))
    .filter(({ table }) => seen(table))
  const { statements, failures } = await shownStatements(connection, [...shown, ...programmes, ...ofTables])
  const texts = statements.map(printed)
  for (const [at, { name, type }] of shown.entries())
    if (type === 'table' && texts[at]?.includes(NO_TEXT) === true) texts[at] = await exactStatement(connection, name)
  const own = database?.[0]
  return {
    database: String(own?.['db'] ?? ''),
    collations: {
      database: String(own?.['collation'] ?? ''),
      usual: new Map((charsets ?? []).map((row) => [String(row['charset']), String(row['collation'])])),
    },
    objects: [
      ...shown.map((object, at) => {
        const failure = failures.get(at)
        return { ...object, statement: texts[at] ?? '', ...(failure === undefined ? {} : { type: 'other' as const, failure }) }
      }),
      ...listed.filter(({ type }) => type === 'other').map((object) => ({ ...object, statement: '' })),
    ],
    programmes: programmes.map((programme, at) => ({ ...programme, statement: texts[shown.length + at] ?? '' })),
    hidden: hiddenFromUser(privileges),
    triggers: ofTables.map(({ type: _, ...trigger }, at) => ({
      ...trigger,
      body: triggerBody(texts[shown.length + programmes.length + at] ?? '', trigger.mode.split(',')),
    })),
  }
}

const keptSettings = (row: QueryResult['rows'][number]): KeptSettings => ({
  mode: String(row['mode']),
  collation: String(row['collation']),
  ...(row['zone'] === undefined ? {} : { timeZone: String(row['zone']) }),
})

/** The one column of SHOW CREATE that begins so; each object has a name of its own for it. What comes before it is the object's name, which may begin so too. */
function printed(rows: QueryResult['rows'] | undefined): string {
  const texts = Object.values(rows?.[0] ?? {}).filter((value): value is string => typeof value === 'string' && /^CREATE\b/i.test(value))
  return texts.at(-1) ?? ''
}

async function rowsOf(connection: Connection, queries: readonly string[]): Promise<readonly QueryResult['rows'][]> {
  if (queries.length === 0) return []
  const results = await connection.batch(
    queries.map((sql) => ({ sql })),
    { transaction: false },
  )
  return results.map(({ rows }) => rows)
}
