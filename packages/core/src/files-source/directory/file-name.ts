import type { DatabaseKind } from '../../contract/dialect.ts'

/** How files name a database, best first. */
const names = {
  postgres: ['postgres', 'postgresql', 'pg'],
  sqlite: ['sqlite', 'sqlite3'],
  mysql: ['mysql'],
  mariadb: ['mariadb', 'mysql'],
} satisfies Record<DatabaseKind, readonly string[]>

const databases: ReadonlySet<string> = new Set([
  ...Object.values(names).flat(),
  'cockroach',
  'cockroachdb',
  'mssql',
  'sqlserver',
  'oracle',
  'h2',
])

/** What the name of a SQL file says: `20260703_x.sqlite3.autocommit.up.sql`. */
export interface SqlFileName {
  /** The stem without direction, database and flags; empty for `up.sql`. */
  readonly base: string
  readonly direction: 'up' | 'down' | undefined
  /** Undefined: for every database. Otherwise its rank for this one, 0 the best; -1 where it is for another. */
  readonly rank: number | undefined
  /** `.autocommit`: runs without a transaction. */
  readonly none: boolean
}

/** Reads the dotted parts at the end of the name. */
export function sqlFileName(file: string, kind: DatabaseKind): SqlFileName {
  const stem = file.slice(0, -4)
  // Most names: nothing in them but the stem.
  if (!stem.includes('.') && stem.length > 4) return { base: stem, direction: undefined, rank: undefined, none: false }
  const parts = file.replace(/\.sql$/i, '').split('.')
  let direction: 'up' | 'down' | undefined
  let rank: number | undefined
  let none = false
  while (parts.length > 0) {
    const last = parts.at(-1)!.toLowerCase()
    if ((last === 'up' || last === 'down') && direction === undefined) direction = last
    else if (last === 'autocommit' && parts.length > 1) none = true
    else if (databases.has(last) && rank === undefined && (parts.length > 1 || direction !== undefined))
      rank = (names[kind] as readonly string[]).indexOf(last)
    else break
    parts.pop()
  }
  return { base: parts.join('.').replace(/\.+$/, ''), direction, rank, none }
}
