import type { Fact } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { renderColumn } from './render-column.ts'
import { renderInlinePrimary, renderTableConstraint } from './render-constraint.ts'

export interface WholeTable {
  readonly table: Fact<'table'>
  readonly columns: readonly Fact<'column'>[]
  readonly constraints: readonly Fact<'constraint'>[]
}

/** The CREATE TABLE with everything that SQLite only takes there: every key, every check, every foreign key. */
export function renderTable({ table, columns, constraints }: WholeTable, name: string = table.name): string {
  const { options } = table.payload
  if (typeof options['virtual'] === 'string') return `CREATE VIRTUAL TABLE ${quoteName(name)} USING ${options['virtual']}`
  const strict = options['strict'] === true
  const primary = constraints.find((constraint) => constraint.payload.type === 'primary' && standsInline(constraint))
  const lines = [
    ...columns.map((column) =>
      renderColumn(column, {
        strict,
        ...(primary !== undefined && primary.payload.columns[0] === column.name
          ? { primary: renderInlinePrimary(primary, options['autoincrement'] === true) }
          : {}),
      }),
    ),
    ...constraints.filter((constraint) => constraint !== primary).map(renderTableConstraint),
  ]
  const trailer = [strict ? 'STRICT' : '', options['withoutRowid'] === true ? 'WITHOUT ROWID' : ''].filter((word) => word !== '')
  return `CREATE TABLE ${quoteName(name)} (\n  ${lines.join(',\n  ')}\n)${trailer.length === 0 ? '' : ` ${trailer.join(', ')}`}`
}

/** One column, and no collation of its own, which has no place behind a column. */
function standsInline({ payload }: Fact<'constraint'>): boolean {
  return payload.columns.length === 1 && !String(payload.options['keys'] ?? '').includes(' COLLATE ')
}
