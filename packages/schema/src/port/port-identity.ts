import { columnOf, productOf, type ColumnDraft, type PortContext, type TableDraft } from './port-context.ts'

const INTEGERS: ReadonlySet<string> = new Set(['smallint', 'int', 'bigint'])

/** The column that numbers itself, where the target can do that. A default that takes from a sequence is one on the key. */
export function portIdentity(context: PortContext, table: TableDraft): void {
  for (const column of table.columns) {
    const { identity, default: value } = column.fact.payload
    const fromSequence = value !== undefined && /^nextval\(/i.test(value)
    if (identity === undefined && !(fromSequence && isKey(context, table, column))) continue
    place(context, table, column)
  }
}

function place(context: PortContext, table: TableDraft, column: ColumnDraft): void {
  const { to, inquiry } = context
  const { features } = to.port
  const { identity } = column.fact.payload
  const alone = isKey(context, table, column)
  const another = table.columns.some((each) => each !== column && each.identity !== undefined)
  const problem = !INTEGERS.has(column.type?.name ?? '')
    ? `${column.sql} is no whole number there`
    : !features.identityAnywhere && !alone
      ? `${productOf(to)} numbers only the single column of a primary key`
      : features.identityNeedsKey && another
        ? `${productOf(to)} numbers one column of a table`
        : undefined
  if (problem !== undefined) {
    inquiry.ask(column.fact, {
      rule: 'identity',
      outcome: 'refused',
      message: 'the column does not number itself any more',
      loss: `${problem}; whoever writes rows has to give the number`,
      answers: ['plain column'],
    })
    return
  }
  column.identity = { mode: 'default' }
  if (identity?.mode === 'always') inquiry.tell('identity', column.fact, 'a stated number is taken too')
  if (identity?.start !== undefined || identity?.increment !== undefined)
    inquiry.tell('identity', column.fact, 'numbers are given one by one from 1')
  if (identity === undefined) inquiry.tell('identity', column.fact, `the sequence behind ${column.name} is its own numbering`)
}

/** True for the only column of the primary key. */
export function isKey(context: PortContext, table: TableDraft, column: ColumnDraft): boolean {
  const key = context.children(table.fact.id, 'constraint').find(({ payload }) => payload.type === 'primary')
  return key?.payload.columns.length === 1 && columnOf(context, table, key.payload.columns[0] ?? '') === column
}
