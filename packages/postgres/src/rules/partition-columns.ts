import type { Action, Fact, RuleContext } from '@yama/schema'
import { asGiven } from './as-given.ts'
import { alterColumn } from './alter-column.ts'
import { inheritedColumn } from './column-state.ts'
import { BEFORE_ROWS } from './repartition.ts'

/**
 * What the columns of a partition come to differ in from those of the table above once it is let out. A sequence of its own takes the place of the one
 * above; until then nobody can drop that one.
 */
export function columnsLetOut(from: Fact<'table'>, to: Fact<'table'>, context: RuleContext): readonly Action[] {
  const [old, now] = [from.payload.partitionOf?.table, to.payload.partitionOf?.table]
  return context.children(to.id, 'column', 'after').flatMap((column): readonly Action[] => {
    if (old === undefined || now !== undefined || !context.isAdded(column.id)) return []
    const given = inheritedColumn({ ...column, parent: from.id }, context.before)
    if (given === undefined) return []
    return alterColumn(asGiven(column, given), column, context).map((each) => ({ ...each, releases: [...each.releases, old, given.id] }))
  })
}

/** The same once it is taken in. */
export function columnsTakenIn(from: Fact<'table'>, to: Fact<'table'>, context: RuleContext): readonly Action[] {
  const [old, now] = [from.payload.partitionOf?.table, to.payload.partitionOf?.table]
  return context.children(from.id, 'column', 'before').flatMap((column): readonly Action[] => {
    if (now === undefined || old !== undefined || !context.isDropped(column.id)) return []
    const given = inheritedColumn({ ...column, parent: to.id }, context.after)
    if (given === undefined) return []
    return alterColumn(column, asGiven(column, given), context).map((each) => ({
      ...each,
      consumes: [...each.consumes, now, given.id],
      ...(context.isReplaced(now) ? { weight: BEFORE_ROWS } : {}),
    }))
  })
}
