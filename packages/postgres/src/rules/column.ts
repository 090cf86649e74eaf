import { ancestors, columnOf, type Action, type Fact, type Rule, type RuleContext } from '@yama/schema'
import { postgresErrors } from '../errors/errors.ts'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { addColumn, comesWithParents } from './add-column.ts'
import { alterColumn } from './alter-column.ts'
import { namesAfterRename, partitionPairs, withColumn } from './attached-renames.ts'
import { renameSequence } from './column-extras.ts'
import { columnState, declares, inheritedColumn, tablesThatLeave } from './column-state.ts'
import { declareColumns } from './declare-columns.ts'
import { dropColumn, goesWithParents } from './drop-column.ts'
import { spokenTable, tableOf } from './names.ts'
import { followNotNull } from './not-null.ts'
import { overrideColumn, restoreColumn, withWhatIsLeft } from './override-column.ts'
import { sequenceOf } from './owned-sequences.ts'
import { reached, saidAgainBelow } from './reached-column.ts'

function withBelow(column: Fact<'column'>, actions: readonly Action[], context: RuleContext): readonly Action[] {
  const leaving = tablesThatLeave(column.parent ?? '', context)
  // What begins with the column's being declared goes on with it.
  const together = actions.find((each) => each.together?.startsWith('declare ') === true)?.together
  const own = actions.map((each) => ({
    ...each,
    ...(leaving.length === 0 ? {} : { after: [...(each.after ?? []), ...leaving] }),
    ...(together === undefined ? {} : { together }),
  }))
  return [...own, ...saidAgainBelow(column, actions, context)]
}

/** The parent's statement renames the column of every child with it. */
const isRenamedAbove = ({ name, parent = '' }: Fact<'column'>, { after, deltas }: RuleContext): boolean =>
  ancestors(after, parent).some((table) => deltas.get(columnOf(table, name))?.some(({ change }) => change === 'rename') === true)

/** Its parents lose the column and the child keeps it: what becomes of it is said there, after that. */
const staysWithout = (column: Fact<'column'>, context: RuleContext): boolean =>
  inheritedColumn(column, context.after) === undefined && goesWithParents(column, context)

/** Its parents get the column that the child has already: what becomes of it is said there, before that. */
const isMergedAbove = (column: Fact<'column'>, context: RuleContext): boolean =>
  inheritedColumn(column, context.before) === undefined &&
  columnState(context.after, column.parent ?? '', column.name) === 'declared' &&
  comesWithParents(column, context)

/** Where the table is not made anew. */
function refuseToGiveUp(column: Fact<'column'>, context: RuleContext): void {
  if (declares(column, context) !== 'ends' || context.isReplaced(column.parent ?? '')) return
  throw postgresErrors.YAMA_POSTGRES_STILL_DECLARED(
    { child: spokenTable(column), what: `column ${column.name}` },
    { position: column.origin },
  )
}

export const columnRule: Rule<'column'> = (delta, context) => {
  if (delta.change === 'alter' || delta.change === 'drop') refuseToGiveUp(delta.from, context)
  switch (delta.change) {
    case 'add': {
      const { to } = delta
      const given = inheritedColumn(to, context.after)
      if (staysWithout(to, context)) return []
      if (given === undefined) return addColumn(to, context)
      if (
        columnState(context.after, to.parent ?? '', to.name) === 'declared' &&
        columnState(context.before, to.parent ?? '', to.name) === 'none'
      )
        return comesWithParents(to, context) ? [] : addColumn(to, context)
      if (
        declares(to, context) === undefined &&
        columnState(context.after, to.parent ?? '', to.name) === 'declared' &&
        comesWithParents(to, context)
      )
        return []
      return withBelow(to, withWhatIsLeft(to, [...declareColumns(to, context), ...overrideColumn(to, given, context)], context), context)
    }
    case 'drop': {
      const given = inheritedColumn(delta.from, context.after)
      if (given !== undefined && inheritedColumn(delta.from, context.before) !== undefined)
        return withBelow(delta.from, restoreColumn(delta.from, given, context), context)
      return dropColumn(delta.from, context)
    }
    case 'rename': {
      if (delta.from.name === delta.to.name || isRenamedAbove(delta.to, context)) return []
      const sql = `ALTER TABLE ${tableOf(delta.to)} RENAME COLUMN ${identifier(delta.from.name)} TO ${identifier(delta.to.name)}`
      const rename = action(
        delta.to,
        'rename',
        { sql, title: `rename column ${delta.from.name} of ${spokenTable(delta.to)} to ${delta.to.name}`, lock: 'ACCESS EXCLUSIVE' },
        changed('name', delta.from.name, delta.to.name),
      )
      const table = context.after.facts.get(delta.to.parent ?? '')
      const names = namesAfterRename(
        partitionPairs(context.before, delta.to.parent ?? ''),
        withColumn(delta.from.name, delta.to.name),
        context.before,
      )
      return [
        rename,
        ...(delta.to.payload.identity === undefined ? [] : renameSequence(sequenceOf(delta.from).name, delta.to, delta.to)),
        ...(table?.kind === 'table' ? followNotNull(table, [[table.name, delta.from.name, delta.to]], context) : []),
        ...names,
      ]
    }
    case 'alter':
      if (staysWithout(delta.to, context) || isMergedAbove(delta.to, context)) return []
      return withBelow(
        delta.to,
        [...declareColumns(delta.to, context), ...alterColumn(reached(delta.from, context), delta.to, context)],
        context,
      )
  }
}
