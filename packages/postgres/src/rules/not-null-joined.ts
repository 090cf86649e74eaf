import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { familyColumns } from './family-columns.ts'
import { objectName, spoken } from './names.ts'
import { joinsNotNull, namesNotNull, notNullName } from './not-null-name.ts'
import { isServerNotNullName } from '../types/default-name.ts'

/** What a table lacks of them, said before it joins. */
export function notNullsJoined(table: Fact<'table'>, context: RuleContext): readonly Action[] {
  const known = familyColumns(context.before, table.id)
  return [...familyColumns(context.after, table.id).keys()].flatMap((column) => {
    const name = notNullName(context.after, table.id, column)
    if (!known.has(column) || name === undefined || notNullName(context.before, table.id, column) !== undefined) return []
    if (!joinsNotNull(table.id, column, context)) return []
    const clause =
      namesNotNull(context) && !isServerNotNullName(name)
        ? `ADD CONSTRAINT ${identifier(name)} NOT NULL ${identifier(column)}`
        : `ALTER COLUMN ${identifier(column)} SET NOT NULL`
    return [
      action(
        table,
        'alter',
        {
          sql: `ALTER TABLE ${objectName(table.id)} ${clause}`,
          title: `column ${column} of ${spoken(table)} as its new parent has it`,
          lock: 'ACCESS EXCLUSIVE',
        },
        changed('notNull', false, true),
      ),
    ]
  })
}
