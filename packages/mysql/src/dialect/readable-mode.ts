import type { DatabaseKind } from '@yama/core'

/** These change where a text ends and what is a name: migrations are split, hashed and shown without them, so they are run without them too. */
const UNREAD = new Set(['ANSI_QUOTES', 'NO_BACKSLASH_ESCAPES'])

const ANSI = ['REAL_AS_FLOAT', 'PIPES_AS_CONCAT', 'IGNORE_SPACE']
const OTHERS = ['PIPES_AS_CONCAT', 'IGNORE_SPACE']

/**
 * What a mode that stands for several brings besides ANSI_QUOTES (MySQL 7.1.11 and MariaDB "SQL_MODE"). What those named after other databases leave out of
 * SHOW CREATE, and how ORACLE reads routines, is left out as well.
 */
const COMBINED: Readonly<Record<string, readonly string[]>> = {
  ANSI,
  DB2: OTHERS,
  MAXDB: OTHERS,
  MSSQL: OTHERS,
  ORACLE: OTHERS,
  POSTGRESQL: OTHERS,
}

/** Of a configured `sql_mode` what leaves a file its meaning, for a server of that kind. */
export function readableMode(sqlMode: string, kind: Extract<DatabaseKind, 'mysql' | 'mariadb'>): string {
  const given = sqlMode
    .split(',')
    .map((mode) => mode.trim().toUpperCase())
    .filter((mode) => mode !== '' && !UNREAD.has(mode))
  const modes = given.flatMap((mode) => {
    // MySQL 8 knows ANSI alone of these, refuses the others, and shall say so.
    if (kind === 'mysql') return mode === 'ANSI' ? [...ANSI, 'ONLY_FULL_GROUP_BY'] : [mode]
    return COMBINED[mode] ?? [mode]
  })
  return [...new Set(modes)].join(',')
}
