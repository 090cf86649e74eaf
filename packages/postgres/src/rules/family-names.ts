import type { Action, Fact, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { familyColumns } from './family-columns.ts'
import { objectName, spoken } from './names.ts'
import { areAlike, namesNotNull, notNullName } from './not-null-name.ts'

/**
 * How a table leaves its parents and joins others, with what is done between the two, and there the names of those NOT NULLs that its new family has
 * otherwise: what a parent gives cannot be renamed.
 */
export function withNames(
  table: Fact<'table'>,
  leaves: readonly Action[],
  between: readonly Action[],
  joins: readonly Action[],
  context: RuleContext,
): readonly Action[] {
  if (leaves.length === 0 && joins.length === 0) return []
  const names = namesNotNull(context) ? renames(table, context) : []
  const steps = leaves.length === 0 ? names : [...names, ...between]
  const whole = steps.length === 0 ? {} : { together: leaves.at(-1)?.together ?? joins[0]?.together ?? `family ${table.id}` }
  const isFirst = (index: number): boolean => leaves.length === 0 && index === 0
  return [
    ...leaves.slice(0, -1),
    ...leaves.slice(-1).map((each) => ({ ...each, ...whole })),
    ...(leaves.length === 0 ? between : []),
    // The step that they stand beside says when.
    ...steps.map((each) => ({ ...each, ...whole, weight: 99 })),
    ...joins.map((each, index) => (isFirst(index) ? { ...each, ...whole } : each)),
  ]
}

function renames(table: Fact<'table'>, { before, after }: RuleContext): readonly Action[] {
  return [...familyColumns(before, table.id).keys()].flatMap((column) => {
    const [old, now] = [notNullName(before, table.id, column), notNullName(after, table.id, column)]
    if (old === undefined || now === undefined || areAlike(old, now)) return []
    return [
      action(
        table,
        'alter',
        {
          sql: `ALTER TABLE ${objectName(table.id)} RENAME CONSTRAINT ${identifier(old)} TO ${identifier(now)}`,
          title: `name the NOT NULL of column ${column} of ${spoken(table)}`,
          lock: 'ACCESS EXCLUSIVE',
        },
        changed('notNullName', old, now),
      ),
    ]
  })
}
