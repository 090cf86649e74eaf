import { ancestors, childrenOf, columnOf, parentsOf, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'

type Table = Fact<'table'>
type Column = Fact<'column'>

const families = new WeakMap<FactBase, ReadonlyMap<FactId, readonly Table[]>>()

/** The tables that have the columns of this one, as partitions or children; directly. */
export function tablesBelow(base: FactBase, table: FactId): readonly Table[] {
  let known = families.get(base)
  if (known === undefined) {
    const found = new Map<FactId, Table[]>()
    for (const fact of base.facts.values()) {
      if (fact.kind !== 'table') continue
      for (const parent of parentsOf(fact.payload)) {
        const others = found.get(parent)
        if (others === undefined) found.set(parent, [fact])
        else others.push(fact)
      }
    }
    families.set(base, (known = found))
  }
  return known.get(table) ?? []
}

/** Those that stay below it, and are not made anew. */
export const tablesThatStayBelow = (table: FactId, context: RuleContext): readonly Table[] =>
  tablesBelow(context.after, table).filter(
    ({ id }) => !context.isAdded(id) && !context.isReplaced(id) && tablesBelow(context.before, table).some((each) => each.id === id),
  )

/** The column of a parent that a child's column stands on, where there is one. */
export function inheritedColumn(column: Column, base: FactBase): Column | undefined {
  return columnAbove(base, column.parent ?? '', column.name)
}

export function columnAbove(base: FactBase, table: FactId, name: string): Column | undefined {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return undefined
  for (const parent of parentsOf(fact.payload)) {
    const own = base.facts.get(columnOf(parent, name))
    const found = own?.kind === 'column' ? own : columnAbove(base, parent, name)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Whether a table has a column from its parents alone, or (also) by its own word. A child declares what it lists, unless it says that it only changes
 * something; a partition never declares anything.
 */
export function columnState(base: FactBase, table: FactId, name: string): 'none' | 'inherited' | 'declared' {
  const given = columnAbove(base, table, name)
  const own = base.facts.get(columnOf(table, name))
  if (own?.kind !== 'column') return given === undefined ? 'none' : 'inherited'
  if (given === undefined) return 'declared'
  const fact = base.facts.get(table)
  const isPartition = fact?.kind === 'table' && fact.payload.partitionOf !== undefined
  return isPartition || own.payload.options['inherited'] === true ? 'inherited' : 'declared'
}

const parentsIn = (base: FactBase, table: FactId): readonly FactId[] => {
  const fact = base.facts.get(table)
  return fact?.kind === 'table' ? parentsOf(fact.payload) : []
}

/** What becomes of a child's word for a column of its parents: the server merges the two and knows who said what. */
export function declares(column: Column, { before, after }: Pick<RuleContext, 'before' | 'after'>): 'begins' | 'ends' | undefined {
  const table = column.parent ?? ''
  const [old, now] = [columnState(before, table, column.name), columnState(after, table, column.name)]
  const fact = after.facts.get(table)
  // A partition has nothing of its own to say, and loses its word when it is attached.
  if (fact?.kind !== 'table' || fact.payload.partitionOf !== undefined) return undefined
  if (old === 'declared' && now === 'inherited') return 'ends'
  if (old !== 'inherited' || now !== 'declared') return undefined
  // What it has from a parent that it leaves becomes its own by that.
  const stay = parentsIn(before, table).filter((parent) => parentsIn(after, table).includes(parent))
  const isGiven = (base: FactBase, parent: FactId): boolean => columnState(base, parent, column.name) !== 'none'
  return stay.some((parent) => isGiven(before, parent) && isGiven(after, parent)) ? 'begins' : undefined
}

/** Tables below this one that leave it, or another parent, or go: what is done to its columns waits for that. */
export const tablesThatLeave = (table: FactId, context: RuleContext): readonly FactId[] =>
  tablesBelow(context.before, table).flatMap(({ id }) => {
    const now = parentsIn(context.after, id)
    const leaves = parentsIn(context.before, id).some((parent) => !now.includes(parent))
    return [...(leaves && !context.isReplaced(id) ? [id] : []), ...tablesThatLeave(id, context)]
  })

/** Columns of all tables above, as they are and as they shall be. */
export const columnsAbove = (table: FactId, { before, after }: Pick<RuleContext, 'before' | 'after'>): readonly FactId[] =>
  ancestors(after, table).flatMap((each) =>
    [before, after].flatMap((base) => childrenOf(base, each).flatMap(({ id, kind }) => (kind === 'column' ? [id] : []))),
  )
