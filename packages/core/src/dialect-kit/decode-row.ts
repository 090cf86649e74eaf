import type { Column, Storage } from './history-columns.ts'

/** A row of a table as the contract's object; columns that are NULL or were not read are left out. `decode` gives a value back as it was written. */
export function decodeRow<T>(
  columns: readonly Column<T>[],
  row: Readonly<Record<string, unknown>>,
  decode: (value: unknown, storage: Storage) => unknown,
): T {
  const out: Record<string, unknown> = {}
  for (const [member, column, storage] of columns) {
    const value = row[column]
    if (value !== null && value !== undefined) out[member] = decode(value, storage)
  }
  return out as T
}
