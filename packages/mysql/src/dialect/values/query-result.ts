import type { QueryResult } from '@yama/core'
import type { WireResult } from '../drivers/wire.ts'

/** An answer as core reads it. Of two columns with one name the last one counts. */
export function toQueryResult({ fields, rows, affected }: WireResult): QueryResult {
  return {
    affected,
    rows: rows.map((values) => {
      const row: Record<string, unknown> = {}
      fields.forEach((name, i) => {
        row[name] = values[i] ?? null
      })
      return row
    }),
  }
}
