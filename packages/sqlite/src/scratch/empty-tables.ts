import type { Connection } from '@yama/core'

/** With the keys off: below one that points to nothing SQLite deletes no row, and none above such a table either. */
export async function emptyTables(connection: Connection, tables: readonly string[]): Promise<void> {
  const commands = ['PRAGMA foreign_keys = OFF', ...tables.map((table) => `DELETE FROM ${table}`), 'PRAGMA foreign_keys = ON']
  await connection.batch(
    commands.map((sql) => ({ sql })),
    { transaction: true },
  )
}
