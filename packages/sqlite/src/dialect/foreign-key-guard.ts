import { sqliteErrors } from '../errors/errors.ts'
import { brokenObjects } from './broken-objects.ts'
import type { Database } from './open-database.ts'

/** One row without its parent, as PRAGMA foreign_key_check names it. */
interface Violation {
  readonly table: string
  readonly rowid: number | null
  readonly parent: string
  readonly fkid: number
}

/** What a transaction needs around it. */
export interface ForeignKeyGuard {
  /** Inside the transaction, before COMMIT. Rejects with YAMA_SQLITE_FOREIGN_KEY_CHECK and YAMA_SQLITE_BROKEN_OBJECTS. */
  check(): void
  /** After COMMIT or ROLLBACK. */
  restore(): void
}

const SWITCHES_OFF = /^\s*PRAGMA\s+(?:main\s*\.\s*)?foreign_keys\s*(?:=\s*|\(\s*)(?:off|0|false|no)\b/i

/**
 * Whether foreign keys have to be off while these statements run: they drop a table (with the keys on, SQLite first
 * deletes its rows one by one, cascades included; https://sqlite.org/lang_droptable.html) or ask for it themselves.
 */
export function needsForeignKeysOff(statements: readonly string[], words: (sql: string) => readonly string[]): boolean {
  return statements.some((sql) => {
    const [first, second] = words(sql)
    return (
      (first === 'DROP' && second === 'TABLE') || (first === 'PRAGMA' && SWITCHES_OFF.test(sql.slice(Math.max(0, sql.search(/pragma/i)))))
    )
  })
}

/**
 * The pragma inside a transaction that somebody else began does nothing and says nothing, and what follows would cascade: it is refused.
 * Throws YAMA_SQLITE_FOREIGN_KEYS_STUCK.
 */
export function refuseSwitchInside(database: Database, sql: string): void {
  const at = database.inTransaction ? sql.search(/pragma/i) : -1
  if (at === -1 || !SWITCHES_OFF.test(sql.slice(at))) return
  if (database.pragma('foreign_keys', { simple: true }) === 1)
    throw sqliteErrors.YAMA_SQLITE_FOREIGN_KEYS_STUCK({ database: database.name })
}

/**
 * Switches foreign keys off, reads it back and remembers the violations that are there already.
 * The pragma does nothing inside a transaction, so this comes before BEGIN. Rejects with YAMA_SQLITE_FOREIGN_KEYS_STUCK.
 */
export function switchForeignKeysOff(database: Database): ForeignKeyGuard {
  const wasOn = database.pragma('foreign_keys', { simple: true }) === 1
  if (wasOn) database.pragma('foreign_keys = OFF')
  if (database.pragma('foreign_keys', { simple: true }) !== 0) {
    throw sqliteErrors.YAMA_SQLITE_FOREIGN_KEYS_STUCK({ database: database.name })
  }
  const before = tally(database)
  const brokenBefore = brokenObjects(database)
  return {
    check: () => {
      const added = violations(database).filter(counter(before))
      if (added.length > 0) throw sqliteErrors.YAMA_SQLITE_FOREIGN_KEY_CHECK({ violations: describe(added) }, { data: added })
      const broken = [...brokenObjects(database)].filter(([object]) => !brokenBefore.has(object))
      if (broken.length > 0) {
        throw sqliteErrors.YAMA_SQLITE_BROKEN_OBJECTS(
          { objects: broken.map(([object, why]) => `${object}: ${why}`).join('; ') },
          { data: broken },
        )
      }
    },
    restore: () => {
      if (wasOn) database.pragma('foreign_keys = ON')
      // A rebuild switches it on for its rename; a failure in between must not leave it so.
      database.pragma('legacy_alter_table = OFF')
    },
  }
}

function violations(database: Database): readonly Violation[] {
  // A parent table without the referenced key makes the pragma itself fail ("foreign key mismatch"): a schema that was
  // broken before must not stop a migration, which may be the one that repairs it.
  try {
    return database.prepare<[], Violation>('PRAGMA foreign_key_check').all()
  } catch (error) {
    if (error instanceof Error && error.message.startsWith('foreign key mismatch')) return []
    throw error
  }
}

/** Row ids change in a rebuild of a table without an integer key, so violations are counted per table and parent. */
const keyOf = (row: Violation): string => JSON.stringify([row.table.toLowerCase(), row.parent.toLowerCase()])

function tally(database: Database): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  for (const row of violations(database)) counts.set(keyOf(row), (counts.get(keyOf(row)) ?? 0) + 1)
  return counts
}

function counter(known: ReadonlyMap<string, number>): (row: Violation) => boolean {
  const seen = new Map<string, number>()
  return (row) => {
    const count = (seen.get(keyOf(row)) ?? 0) + 1
    seen.set(keyOf(row), count)
    return count > (known.get(keyOf(row)) ?? 0)
  }
}

function describe(rows: readonly Violation[]): string {
  const shown = rows.slice(0, 5).map((row) => `${row.table}${row.rowid === null ? '' : ` (rowid ${String(row.rowid)})`} → ${row.parent}`)
  return rows.length > 5 ? `${shown.join(', ')} and ${String(rows.length - 5)} more` : shown.join(', ')
}
