import type { Fact, FactId, RuleContext } from '@yama/schema'
import { tablesBelow } from './column-state.ts'

type Table = Fact<'table'>

/** Partitions that leave a table, or get other bounds: until then no other one can have values that were theirs. */
export function partitionsThatGiveWay(table: Table, { before, after }: RuleContext): readonly FactId[] {
  const { partitionOf } = table.payload
  if (partitionOf === undefined) return []
  return tablesBelow(before, partitionOf.table).flatMap(({ id, payload }) => {
    const now = after.facts.get(id)
    const stays =
      now?.kind === 'table' &&
      now.payload.partitionOf?.table === partitionOf.table &&
      now.payload.partitionOf.bound === payload.partitionOf?.bound
    return stays || id === table.id ? [] : [id]
  })
}

/** True where another partition of the same table gets other bounds as well: all of them leave before one comes back. */
export function areMovedTogether(table: Table, context: RuleContext): boolean {
  const parent = table.payload.partitionOf?.table
  return partitionsThatGiveWay(table, context).some((id) => {
    const now = context.after.facts.get(id)
    return now?.kind === 'table' && now.payload.partitionOf?.table === parent && !context.isReplaced(id)
  })
}
