import type { DatabaseKind } from '@yama/core'
import type { ManualEdit } from './manual-edit.ts'
import { mysqlEdits, mysqlSchema } from './mysql-edits.ts'
import { postgresEdits, postgresSchema } from './postgres-edits.ts'
import { sqliteEdits, sqliteSchema } from './sqlite-edits.ts'

export const schemas = {
  sqlite: sqliteSchema,
  postgres: postgresSchema,
  mysql: mysqlSchema,
  mariadb: mysqlSchema,
} as const satisfies Record<DatabaseKind, string>

export const edits: Readonly<Record<DatabaseKind, readonly ManualEdit[]>> = {
  sqlite: sqliteEdits,
  postgres: postgresEdits,
  mysql: mysqlEdits,
  mariadb: mysqlEdits,
}
