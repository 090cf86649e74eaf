import type { Action, Fact, RuleContext, ViewColumn } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { clausesOf, COLUMN_OPTIONS } from './column-options.ts'
import { commentOn } from './comment.ts'
import { objectName, spoken } from './names.ts'

/** Comments, defaults and options of a view's columns, from those of another view or from nothing. */
export function viewColumns(from: Fact<'view'> | undefined, to: Fact<'view'>, context: RuleContext): readonly Action[] {
  const before = new Map(from?.payload.columns.map((column) => [column.name, column]))
  return to.payload.columns.flatMap((column) =>
    columnActions(before.get(column.name), column, from === undefined ? 'add' : 'alter', to, context),
  )
}

function columnActions(
  from: ViewColumn | undefined,
  to: ViewColumn,
  change: 'add' | 'alter',
  view: Fact<'view'>,
  context: RuleContext,
): readonly Action[] {
  const alter = (attribute: string, clause: string, values: readonly [unknown, unknown]): Action =>
    action(
      view,
      change,
      {
        sql: `ALTER ${view.payload.materialized ? 'MATERIALIZED VIEW' : 'VIEW'} ${objectName(view.id)} ALTER COLUMN ${identifier(to.name)} ${clause}`,
        title: `${attribute} of column ${to.name} of view ${spoken(view)}`,
        lock: 'ACCESS EXCLUSIVE',
        consumes: [view.id],
      },
      changed(attribute, ...values),
    )
  const [before, after] = [from?.options ?? {}, to.options ?? {}]
  return [
    ...(from?.comment === to.comment
      ? []
      : [commentOn(view, change, `COLUMN ${objectName(view.id)}.${identifier(to.name)}`, from?.comment, to.comment)]),
    ...(from?.default === to.default
      ? []
      : [alter('default', to.default === undefined ? 'DROP DEFAULT' : `SET DEFAULT ${to.default}`, [from?.default, to.default])]),
    ...COLUMN_OPTIONS.flatMap((option) =>
      before[option] === after[option]
        ? []
        : clausesOf(option, before[option], after[option], context).map((clause) => alter(option, clause, [before[option], after[option]])),
    ),
  ]
}
