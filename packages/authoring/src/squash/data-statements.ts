import type { DatabaseKind } from '@yama/core'
import type { WrittenStatement } from '@yama/core/files'
import type { ReferenceData, TableRows } from './table-rows.ts'

/** So many rows in one statement. */
const MOST = 200

/** The rows of reference data as statements, what others refer to first, and the sequences last. */
export function dataStatements({ tables, settings, sequences }: ReferenceData, kind: DatabaseKind): readonly WrittenStatement[] {
  const overriding = kind === 'postgres' ? ' OVERRIDING SYSTEM VALUE' : ''
  const { order, circle } = inOrder(tables.filter(({ derived }) => derived !== true))
  // Elsewhere foreign keys are made after the rows.
  const deferred = circle && kind === 'sqlite' ? ['PRAGMA defer_foreign_keys = ON'] : []
  const inserts = order.flatMap(({ table, columns, rows }) => {
    const statements: WrittenStatement[] = []
    for (let at = 0; at < rows.length; at += MOST) {
      const values = rows.slice(at, at + MOST).map((row) => `  ${row}`)
      const text = `INSERT INTO ${table} (${columns.join(', ')})${overriding} VALUES\n${values.join(',\n')}`
      statements.push({ text, ...(at === 0 ? { comment: `Rows of ${table}` } : {}) })
    }
    return statements
  })
  const before = [...settings.map(([set]) => set), ...deferred].map((text) => ({ text }))
  return [...before, ...inserts, ...[...settings.map(([, unset]) => unset), ...sequences].map((text) => ({ text }))]
}

/** In a circle of references any order is as good. */
function inOrder(tables: readonly TableRows[]): { readonly order: readonly TableRows[]; readonly circle: boolean } {
  const byName = new Map(tables.map((rows) => [rows.table, rows]))
  const done = new Set<TableRows>()
  let circle = false
  const visit = (rows: TableRows, path: readonly TableRows[]): void => {
    circle ||= path.includes(rows)
    if (done.has(rows) || path.includes(rows)) return
    for (const name of rows.needs) {
      const needed = byName.get(name)
      if (needed !== undefined) visit(needed, [...path, rows])
    }
    done.add(rows)
  }
  for (const rows of tables) visit(rows, [])
  return { order: [...done], circle }
}
