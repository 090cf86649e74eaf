import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { alterColumn } from './alter-column.ts'
import { asGiven } from './as-given.ts'
import { inheritedColumn } from './column-state.ts'
import { spokenTable, tableOf } from './names.ts'
import { comesToBeGiven, isLeftWith, namesNotNull } from './not-null-name.ts'
import { reached } from './reached-column.ts'

/** From what the parents give to what a child or partition says else. */
export function overrideColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const before = inheritedColumn(column, context.before)
  // Under another parent it starts as the one before had it.
  const start = before === undefined || before.id === given.id ? given : before
  const from = asGiven(column, start)
  // Since 18 a NOT NULL comes with the parent that has it.
  const comes = namesNotNull(context) && asGiven(column, given).payload.notNull
  const notNull = from.payload.notNull || comes || isLeftWith(column, context)
  const actions = alterColumn({ ...from, payload: { ...from.payload, notNull } }, column, context, true)
  return actions.map((one, index) => ({
    ...one,
    consumes:
      index === 0
        ? [...one.consumes.filter((id) => id !== column.id), ...(column.parent === undefined ? [] : [column.parent])]
        : one.consumes,
    ...(index === 0 ? { produces: [column.id] } : {}),
  }))
}

function withNotNullOf(column: Fact<'column'>, { payload: { notNull } }: Fact<'column'>): Fact<'column'> {
  const options = Object.fromEntries(Object.entries(column.payload.options).filter(([name]) => !name.startsWith('notNull')))
  return { ...column, payload: { ...column.payload, notNull, options } }
}

const asItIs = (column: Fact<'column'>, change: 'add' | 'drop'): Action =>
  action(column, change, {
    sql: `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${identifier(column.name)} SET STATISTICS -1`,
    title: `column ${column.name} of ${spokenTable(column)} as its parent has it`,
    lock: 'SHARE UPDATE EXCLUSIVE',
  })

/** The NOT NULL that a parent keeps to itself is the child's own by then: there is nothing to change, and this says so. */
export const withWhatIsLeft = (column: Fact<'column'>, actions: readonly Action[], context: RuleContext): readonly Action[] =>
  actions.length === 0 && isLeftWith(column, context) ? [{ ...asItIs(column, 'add'), produces: [column.id] }] : actions

/** True where nothing of a parent's column is said otherwise. */
export function isRestated(column: Fact<'column'>, context: RuleContext): boolean {
  const given = inheritedColumn(column, context.after)
  return given !== undefined && overrideColumn(column, given, context).length === 0
}

/** A child would keep its own besides what its parents come to say. */
const dropNotNull = (column: Fact<'column'>): Action =>
  action(column, 'drop', {
    sql: `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`,
    title: `leave the NOT NULL of column ${column.name} of ${spokenTable(column)} to its parent`,
    lock: 'ACCESS EXCLUSIVE',
  })

/** Back to what the parents give. */
export function restoreColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const [from, to] = [reached(column, context), asGiven(column, given)]
  const isLeft = column.payload.notNull && comesToBeGiven(column, context)
  const changes = isLeft
    ? [dropNotNull(column), ...alterColumn(withNotNullOf(from, to), to, context, true)]
    : alterColumn(from, to, context, true)
  // Where the parent comes to be what the child was, there is nothing to change, and this says so.
  const actions = changes.length === 0 ? [asItIs(column, 'drop')] : changes
  return actions.map((one, index) => (index === actions.length - 1 ? { ...one, destroys: [column.id] } : one))
}
