import { ancestors, columnOf, type Action, type Fact, type FactId, type RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action } from './action.ts'
import { alterColumn } from './alter-column.ts'
import { asGiven } from './as-given.ts'
import { columnState, inheritedColumn, tablesThatLeave, tablesThatStayBelow } from './column-state.ts'
import { namesNotNull } from './not-null-name.ts'
import { objectName, spokenTable, tableOf } from './names.ts'
import { keepsNotNull } from './reached-column.ts'
import { takenAlong } from './owned-sequences.ts'

interface Below {
  readonly table: FactId
  readonly isKept: boolean
  readonly isDeclared: boolean
}

/** The tables below that have the column from this one and lose it as such, those nearer first. What another parent gives as well is let alone. */
function below(table: FactId, name: string, context: RuleContext): readonly Below[] {
  return tablesThatStayBelow(table, context).flatMap(({ id, payload }): readonly Below[] => {
    const after = columnState(context.after, id, name)
    const own = context.after.facts.get(columnOf(id, name))
    if (after === 'inherited' || (own?.kind === 'column' && inheritedColumn(own, context.after) !== undefined)) return []
    const isDeclared = payload.partitionOf === undefined && columnState(context.before, id, name) === 'declared'
    const isKept = after === 'declared'
    return [{ table: id, isKept, isDeclared }, ...(isKept ? [] : below(id, name, context))]
  })
}

/** True where a parent that it stays below loses the column too: what is done here is done there. */
export function goesWithParents(column: Fact<'column'>, context: RuleContext): boolean {
  const given = inheritedColumn(column, context.before)
  return (
    given?.parent !== undefined &&
    context.isDropped(given.id) &&
    !context.isDropped(given.parent) &&
    ancestors(context.after, column.parent ?? '').includes(given.parent)
  )
}

/** Children that declare the column keep it, or lose it by a statement of their own; others lose it with this one, unless they shall keep it. */
export function dropColumn(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  if (goesWithParents(column, context)) return []
  const computed = column.payload.generated !== undefined
  const named = `column ${column.name} of ${spokenTable(column)}`
  const all = below(column.parent ?? '', column.name, context)
  const isOnly = all.some(({ isKept, isDeclared }) => isKept && !isDeclared)
  const only = isOnly ? 'ONLY ' : ''
  const going = all.filter(({ isKept }) => !isKept)
  const idOf = ({ table }: Below): FactId => columnOf(table, column.name)
  const destroys = going.map(idOf).filter((id) => context.isDropped(id))
  const leaving = tablesThatLeave(column.parent ?? '', context)
  // What the table has from a parent it can only drop once it has left that.
  const given = inheritedColumn(column, context.before)
  const after = [...leaving, ...(given === undefined ? [] : [column.parent ?? ''])]
  const drop = (table: string, parts: Partial<Action>): Action => ({
    ...action(column, 'drop', {
      sql: `ALTER TABLE ${only}${table} DROP COLUMN ${identifier(column.name)}`,
      title: `drop ${named}`,
      lock: 'ACCESS EXCLUSIVE',
      ...(after.length === 0 ? {} : { after }),
      ...(all.length === 0 ? {} : { together: `drop ${column.id}` }),
      ...(computed ? {} : { loss: 'certain' as const, loses: `${named} with its values`, reversibility: 'lossy' as const }),
    }),
    ...parts,
  })
  const kept = all.filter(({ isKept }) => isKept)
  // The server forgets to tell the children that they have a NOT NULL from nobody any more, unless it goes before the column.
  const isNullable = kept.length > 0 && namesNotNull(context) && column.payload.notNull
  const letNull = `ALTER TABLE ${tableOf(column)} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`
  return [
    ...(isNullable ? [drop('', { sql: letNull, loss: 'none', reversibility: 'lossless' })] : []),
    drop(tableOf(column), {
      produces: kept.flatMap((each) => (context.isAdded(idOf(each)) ? [idOf(each)] : [])),
      destroys: [column.id, ...destroys, ...takenAlong([column.id, ...destroys], context)],
    }),
    ...going.filter(({ isDeclared }) => isOnly || isDeclared).map(({ table }) => drop(objectName(table), {})),
    // What stays is the child's alone from here, and may become what its parents did not let it be.
    ...kept
      .flatMap((each) => keptChanges(idOf(each), column, isNullable, context))
      .map((each) => ({ ...each, together: `drop ${column.id}`, weight: 50 })),
  ]
}

function keptChanges(id: FactId, given: Fact<'column'>, isNullable: boolean, context: RuleContext): readonly Action[] {
  const [own, to] = [context.before.facts.get(id), context.after.facts.get(id)]
  if (to?.kind !== 'column') return []
  const from = own?.kind === 'column' ? own : asGiven(to, given)
  const notNull = from.payload.notNull && !(isNullable && !(own?.kind === 'column' && keepsNotNull(own, context)))
  return alterColumn({ ...from, payload: { ...from.payload, notNull } }, to, context)
}
