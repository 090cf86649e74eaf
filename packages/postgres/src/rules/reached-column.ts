import { ancestors, columnOf, type Action, type AnyDelta, type ColumnPayload, type Fact, type RuleContext } from '@yama/schema'
import { alterColumn } from './alter-column.ts'
import { asGiven } from './as-given.ts'
import { columnState, inheritedColumn, tablesThatStayBelow } from './column-state.ts'
import { isLeftWith, namesNotNull } from './not-null-name.ts'

type Column = Fact<'column'>

/** What a statement about a parent's column sets anew in every child, whatever that has. */
function setsDefault(delta: AnyDelta): boolean {
  if (delta.kind !== 'column' || delta.change === 'rename') return false
  if (delta.change !== 'alter') return true
  const [from, to] = [delta.from.payload, delta.to.payload]
  const isRetyped = from.type !== to.type || from.collation !== to.collation
  return (
    from.default !== to.default ||
    JSON.stringify(from.identity) !== JSON.stringify(to.identity) ||
    (isRetyped && (from.default ?? to.default) !== undefined)
  )
}

/** A child keeps a NOT NULL that it says itself, since it is a constraint. */
export function keepsNotNull({ parent = '', name, payload }: Column, context: RuleContext): boolean {
  if (!namesNotNull(context)) return false
  const { notNullDeclared, notNullInherited } = payload.options
  if (notNullDeclared === true) return true
  const isKey = context
    .children(parent, 'constraint', 'before')
    .some((key) => key.payload.type === 'primary' && key.payload.columns.includes(name))
  return isKey || (columnState(context.before, parent, name) === 'declared' && notNullInherited !== true)
}

const INHERITABLE_OPTIONS = ['storage', 'statistics'] as const

/** What has become of a child's column once those above it are changed. */
export function reached(column: Column, context: RuleContext): Column {
  const [above, now] = [inheritedColumn(column, context.before), inheritedColumn(column, context.after)]
  if (above === undefined || now === undefined) return column
  const [old, given] = [asGiven(column, above).payload, asGiven(column, now).payload]
  const { default: own, ...rest } = column.payload
  const isSet = ancestors(context.after, column.parent ?? '').some(
    (table) => context.deltas.get(columnOf(table, column.name))?.some(setsDefault) === true,
  )
  const value = isSet ? given.default : own
  const follows = <K extends 'type' | 'notNull' | 'generated'>(key: K): ColumnPayload[K] =>
    JSON.stringify(old[key]) === JSON.stringify(given[key]) ? rest[key] : given[key]
  const options = Object.fromEntries(
    Object.entries({
      ...rest.options,
      ...Object.fromEntries(
        INHERITABLE_OPTIONS.filter((key) => old.options[key] !== given.options[key]).map((key) => [key, given.options[key]]),
      ),
    }).filter((entry): entry is [string, string | boolean] => entry[1] !== undefined),
  )
  const { generated: _, collation, ...others } = rest
  const generated = follows('generated')
  const collated = old.collation === given.collation ? collation : given.collation
  return {
    ...column,
    payload: {
      ...others,
      type: follows('type'),
      notNull: rest.notNull && (keepsNotNull(column, context) || isLeftWith(column, context)) ? true : follows('notNull'),
      ...(generated === undefined ? {} : { generated }),
      ...(collated === undefined ? {} : { collation: collated }),
      ...(value === undefined ? {} : { default: value }),
      options,
    },
  }
}

/** What is said of a column reaches those below it: what they say otherwise, and go on saying, is said again. */
export function saidAgainBelow(column: Column, actions: readonly Action[], context: RuleContext): readonly Action[] {
  if (actions.length === 0) return []
  return tablesThatStayBelow(column.parent ?? '', context).flatMap((table) => {
    const id = columnOf(table.id, column.name)
    const [from, to] = [context.before.facts.get(id), context.after.facts.get(id)]
    const own =
      from?.kind === 'column' && to?.kind === 'column' && !context.deltas.has(id) ? alterColumn(reached(from, context), to, context) : []
    return [...own, ...saidAgainBelow({ ...column, parent: table.id }, actions, context)]
  })
}
