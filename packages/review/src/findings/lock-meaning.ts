import type { DatabaseKind } from '@yama/core'

const POSTGRES: Readonly<Record<string, string>> = {
  'ACCESS EXCLUSIVE': 'reads and writes of it wait until the transaction ends',
  EXCLUSIVE: 'writes to it wait until the transaction ends',
  'SHARE ROW EXCLUSIVE': 'writes to it wait until the transaction ends',
  SHARE: 'writes to it wait until the transaction ends',
}
// Its one lock is the file's, and every write takes it.
const SQLITE: Readonly<Record<string, string>> = {}
const MYSQL: Readonly<Record<string, string>> = {
  'EXCLUSIVE metadata lock': 'it waits for transactions that use the table, and new ones queue behind it',
  'SHARED_NO_WRITE metadata lock': 'writes to it wait until the statement ends',
}

/** What a lock makes others wait for; undefined where it is not worth a reviewer's time. */
const meanings = {
  postgres: POSTGRES,
  mysql: MYSQL,
  mariadb: MYSQL,
  sqlite: SQLITE,
} satisfies Record<DatabaseKind, Readonly<Record<string, string>>>

/**
 * Who waits for a lock on a table that is in use, as a sentence without a full stop.
 *
 * @example lockMeaning('postgres', 'SHARE') // 'writes to it wait until the transaction ends'
 */
export const lockMeaning = (kind: DatabaseKind, lock: string): string | undefined => meanings[kind][lock]
