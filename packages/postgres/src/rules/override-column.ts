import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { alterColumn } from './alter-column.ts'
import { asGiven } from './as-given.ts'
import { inheritedColumn } from './column-state.ts'
import { spokenTable, tableOf } from './names.ts'
import { namesNotNull } from './not-null.ts'
import { reached } from './reached-column.ts'

/** From what the parents give to what a child or partition says else. */
export function overrideColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const before = inheritedColumn(column, context.before)
  // Under another parent it starts as the one before had it.
  const start = before === undefined || before.id === given.id ? given : before
  const from = asGiven(column, start)
  // Since 18 a NOT NULL comes with the parent that has it.
  const notNull = from.payload.notNull || (namesNotNull(context) && given.payload.notNull)
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

/** True where nothing of a parent's column is said otherwise. */
export function isRestated(column: Fact<'column'>, context: RuleContext): boolean {
  const given = inheritedColumn(column, context.after)
  return given !== undefined && overrideColumn(column, given, context).length === 0
}

/** Back to what the parents give. */
export function restoreColumn(column: Fact<'column'>, given: Fact<'column'>, context: RuleContext): readonly Action[] {
  const changes = alterColumn(reached(column, context), asGiven(column, given), context, true)
  // Where the parent comes to be what the child was, there is nothing to change, and this says so.
  const same = action(column, 'drop', {
    sql: `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${identifier(column.name)} SET STATISTICS -1`,
    title: `column ${column.name} of ${spokenTable(column)} as its parent has it`,
    lock: 'SHARE UPDATE EXCLUSIVE',
  })
  const actions = changes.length === 0 ? [same] : changes
  return actions.map((one, index) => (index === actions.length - 1 ? { ...one, destroys: [column.id] } : one))
}
