import type { Connection, QueryResult } from '@yama/core'
import { describeFailure } from '../failures.ts'
import { literal } from '../statements/quoted.ts'

/** `rows`: whether a table is empty, and since when it is the one it is. */
export type ObjectKind = 'table' | 'view' | 'trigger' | 'procedure' | 'function' | 'event' | 'database' | 'rows'

/** The definition as the server prints it, null where there is no such object, undefined where this user may not see it. The next number of a table is no part of it. */
export async function objectState(connection: Connection, kind: ObjectKind, name: string): Promise<string | null | undefined> {
  try {
    return kind === 'rows' ? await rowsState(connection, name) : shownState(kind, name, await connection.execute(showSql(kind, name)))
  } catch (error) {
    const failure = describeFailure(error).kind
    if (failure === 'permission') return undefined
    if (failure !== 'missing') throw error
    return null
  }
}

export const showSql = (kind: Exclude<ObjectKind, 'rows'>, name: string): string => `SHOW CREATE ${kind.toUpperCase()} ${name}`

/** What the answer to `showSql` says. */
export function shownState(kind: ObjectKind, name: string, { rows }: Pick<QueryResult, 'rows'>): string {
  const row = rows[0] ?? {}
  const text = Object.entries(row).find(([column]) => /^(?:Create |SQL Original Statement)/i.test(column))?.[1]
  // A routine of somebody else's is there, and its text is not shown.
  return typeof text === 'string' ? text.replace(/ AUTO_INCREMENT=\d+/, '') : `${kind} ${name}`
}

async function rowsState(connection: Connection, name: string): Promise<string> {
  const { rows } = await connection.execute(`SELECT EXISTS (SELECT 1 FROM ${name}) AS some`)
  if (Number(rows[0]?.['some']) === 0) return 'empty'
  const parts = name.split('.').map((part) => part.trim().replaceAll('`', ''))
  const table = parts.at(-1) ?? ''
  const database = parts.length > 1 ? literal(parts[0] ?? '') : 'DATABASE()'
  const { rows: found } = await connection.execute(
    `SELECT create_time AS made FROM information_schema.tables WHERE table_schema = ${database} AND table_name = ${literal(table)}`,
  )
  return `rows, made ${String(found[0]?.['made'] ?? '')}`
}
