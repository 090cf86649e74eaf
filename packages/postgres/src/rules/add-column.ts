import { ancestors, columnOf, dependenciesOf, type Action, type Fact, type FactId, type RuleContext } from '@yama/schema'
import { action } from './action.ts'
import { alterColumn } from './alter-column.ts'
import { asGiven } from './as-given.ts'
import { columnDefinition } from './column-definition.ts'
import { columnExtras, serialOwner, serialSequence } from './column-extras.ts'
import { columnState, inheritedColumn, tablesThatLeave, tablesThatStayBelow } from './column-state.ts'
import { spokenTable, tableOf } from './names.ts'
import { isVolatile } from './volatile-default.ts'

/** The server tries a domain's own checks on every row, and writes the table anew for it. */
function isChecked(column: Fact<'column'>, { after }: RuleContext): boolean {
  return dependenciesOf(after, column.id).some((id) => {
    const type = after.facts.get(id)
    return type?.kind === 'domain' && (type.payload.notNull || type.payload.checks.length > 0)
  })
}

/** True where a parent that it stays below gets the column too: what is added here is added there, before that, and the two are merged. */
export function comesWithParents(column: Fact<'column'>, context: RuleContext): boolean {
  const given = inheritedColumn(column, context.after)
  return (
    given?.parent !== undefined &&
    context.isAdded(given.id) &&
    tablesThatStayBelow(given.parent, context).some(
      (each) => each.id === column.parent || ancestors(context.after, column.parent ?? '').includes(each.id),
    )
  )
}

interface Below {
  /** To be added. */
  readonly added: readonly Fact<'column'>[]
  /** There already from a parent that the table leaves. */
  readonly kept: readonly FactId[]
  /** There already, and merged with the parent's as they shall be. */
  readonly changed: readonly (readonly [from: Fact<'column'>, to: Fact<'column'>])[]
}

/** Children that declare the same column besides. */
function declaredBelow(table: FactId, name: string, context: RuleContext): Below {
  const all = tablesThatStayBelow(table, context).flatMap(({ id }): readonly Below[] => {
    const below = declaredBelow(id, name, context)
    const [from, to] = [context.before.facts.get(columnOf(id, name)), context.after.facts.get(columnOf(id, name))]
    if (to?.kind !== 'column' || columnState(context.after, id, name) !== 'declared') return [below]
    const own = { added: [], kept: [], changed: [] }
    if (from?.kind === 'column') return [below, { ...own, changed: context.deltas.has(to.id) ? [[from, to]] : [] }]
    const given = inheritedColumn(to, context.before)
    return [below, given === undefined ? { ...own, added: [to] } : { ...own, kept: [to.id], changed: [[asGiven(to, given), to]] }]
  })
  return { added: all.flatMap(({ added }) => added), kept: all.flatMap(({ kept }) => kept), changed: all.flatMap(({ changed }) => changed) }
}

/** What children declare comes first, as it shall be: the server then finds it and merges the two. */
export function addColumn(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  const { added, kept, changed } = declaredBelow(column.parent ?? '', column.name, context)
  const together = added.length + kept.length + changed.length === 0 ? {} : { together: `add ${column.id}` }
  // One that has the column from a parent which it leaves has it from this one by then, or as its own.
  const leaving = tablesThatLeave(column.parent ?? '', context).filter(
    (table) =>
      columnState(context.after, table, column.name) !== 'inherited' || columnState(context.before, table, column.name) !== 'inherited',
  )
  return [
    ...changed.flatMap(([from, to]) => alterColumn(from, to, context)).map((each) => ({ ...each, weight: 16 })),
    ...added.flatMap((each) => addOne(each, context)),
    ...addOne(column, context).map((each) =>
      each.produces.includes(column.id) ? { ...each, produces: [...each.produces, ...kept] } : each,
    ),
  ].map((each) => ({ ...each, ...together, ...(leaving.length === 0 ? {} : { after: leaving }) }))
}

function addOne(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  const { payload } = column
  const rewrite =
    payload.identity !== undefined ||
    payload.generated?.stored === true ||
    (payload.default !== undefined && isVolatile(payload.default)) ||
    isChecked(column, context)
  return [
    ...serialSequence(column, column, context),
    action(column, 'add', {
      sql: `ALTER TABLE ${tableOf(column)} ADD COLUMN ${columnDefinition(column, context)}`,
      title: `add column ${column.name} to ${spokenTable(column)}`,
      produces: [column.id],
      lock: 'ACCESS EXCLUSIVE',
      rewrite,
    }),
    ...serialOwner(column, column),
    ...columnExtras(column, context),
  ]
}
