import { objectId, type FactBase, type FactId, type RuleContext } from '@yama/schema'

/** Foreign keys that refer to a table or to what it is a part of: its rows are theirs as well. */
export function referringKeys(table: FactId, context: RuleContext): readonly FactId[] {
  return partOf(context.before, table).flatMap((each) =>
    context.dependents(each, 'before').filter((id) => {
      const key = context.before.facts.get(id)
      const to = key?.kind === 'constraint' ? key.payload.references : undefined
      return to !== undefined && objectId('table', to.schema, to.table) === each
    }),
  )
}

function partOf(base: FactBase, table: FactId): readonly FactId[] {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return []
  const parent = fact.payload.partitionOf?.table
  return parent === undefined ? [table] : [table, ...partOf(base, parent)]
}
