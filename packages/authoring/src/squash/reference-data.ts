import { canonicalJson, sha256Hex, type Connection, type DatabaseKind } from '@yama/core'
import { mysqlRows } from './mysql-rows.ts'
import { postgresRows } from './postgres-rows.ts'
import { sqliteRows } from './sqlite-rows.ts'
import type { ReferenceData } from './table-rows.ts'

const readers = {
  postgres: postgresRows,
  mysql: mysqlRows,
  mariadb: mysqlRows,
  sqlite: sqliteRows,
} satisfies Record<DatabaseKind, (connection: Connection) => Promise<ReferenceData>>

/** Reads every row of every table but Yama's own; for scratch databases, where there are only those of migrations. */
export const referenceData = (connection: Connection): Promise<ReferenceData> => readers[connection.server.kind](connection)

/** Without what was there before: tables with the same rows, sequences where they stood. */
export function withoutData({ tables, settings, sequences }: ReferenceData, before: ReferenceData): ReferenceData {
  const known = new Set(before.tables.map((rows) => canonicalJson({ ...rows })))
  return {
    settings,
    tables: tables.filter((rows) => rows.rows.length > 0 && !known.has(canonicalJson({ ...rows }))),
    sequences: sequences.filter((sequence) => !before.sequences.includes(sequence)),
  }
}

/** Hash of the rows whatever their order, 16 hex digits. */
export function dataDigest({ tables, sequences }: Pick<ReferenceData, 'tables' | 'sequences'>): string {
  const lines = tables.map(({ table, columns, rows }) => JSON.stringify([table, columns, rows.toSorted()]))
  return sha256Hex([...lines.toSorted(), ...sequences.toSorted()].join('\n')).slice(0, 16)
}
