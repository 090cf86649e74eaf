import { quoteIdentifier } from '@yama/sql'
import { sqliteErrors } from '../errors/errors.ts'
import type { Database } from './open-database.ts'
import { readRebuiltMark } from './rebuilt-mark.ts'

/** Prefix of the table that a rebuild fills before it takes the old one's name. */
export const REBUILD_PREFIX = '_yama_new_'

const DROPS = /\bDROP\s+TABLE\s+(?:"(?<quoted>(?:[^"]|"")+)"|(?<bare>[\w$]+))/i

/**
 * Before the old table of a rebuild goes, the new one must have as many rows: where the DROP TABLE is marked as one, or a
 * `_yama_new_…` table stands beside it. Costs two counts. Rejects with YAMA_SQLITE_REBUILD_ROWS.
 */
export function checkCopiedRows(database: Database, sql: string): void {
  const groups = DROPS.exec(sql)?.groups
  const table = groups?.['quoted']?.replaceAll('""', '"') ?? groups?.['bare']
  if (table === undefined || table.startsWith(REBUILD_PREFIX)) return
  const copy = REBUILD_PREFIX + table
  const exists = database.prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?").get(copy) !== undefined
  if (!exists && readRebuiltMark(sql) === undefined) return
  const count = (name: string): number =>
    Number(
      database
        .prepare(`SELECT count(*) FROM ${quoteIdentifier(name, 'sqlite')}`)
        .pluck()
        .get(),
    )
  const expected = count(table)
  const copied = exists ? count(copy) : 0
  if (expected !== copied || !exists) throw sqliteErrors.YAMA_SQLITE_REBUILD_ROWS({ table, expected, copied })
}
