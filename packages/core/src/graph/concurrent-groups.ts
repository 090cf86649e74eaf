import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { MigrationId } from '../contract/migration.ts'

/** Nodes between two places that every path goes through; within a group some pairs are joined by no path. */
export interface ConcurrentGroup {
  readonly nodes: readonly GraphNode[]
  /** Whether no path joins the two. */
  readonly concurrent: (one: MigrationId, other: MigrationId) => boolean
}

/**
 * The parts of a graph that have branches, in order: a chain has none. Linear but for the branches themselves, which take one bit
 * per pair.
 *
 * @example concurrentGroups(graph).map(({ nodes }) => nodes.length)
 */
export function concurrentGroups(graph: MigrationGraph): readonly ConcurrentGroup[] {
  const order = graph.order()
  const groups: ConcurrentGroup[] = []
  let from = 0
  for (const at of cuts(order)) {
    if (at - from > 1) groups.push(group(order.slice(from, at)))
    from = at + 1
  }
  if (order.length - from > 1) groups.push(group(order.slice(from)))
  return groups
}

/** Positions of nodes that are before or after every other one: the only end of what precedes, and the only start of what follows. */
function cuts(order: readonly GraphNode[]): readonly number[] {
  const rank = new Map(order.map((node, index) => [node.migration.id, index]))
  const onlyEnd = alone(order, rank, (node) => node.parents)
  const onlyStart = alone([...order].reverse(), rank, (node) => node.children)
  return order.flatMap((_, index) => (onlyEnd.has(index) && onlyStart.has(index) ? [index] : []))
}

/** Of nodes in this direction, those which every earlier one leads to. */
function alone(
  nodes: readonly GraphNode[],
  rank: ReadonlyMap<MigrationId, number>,
  before: (node: GraphNode) => readonly MigrationId[],
): ReadonlySet<number> {
  const open = new Set<number>()
  const found = new Set<number>()
  for (const node of nodes) {
    const at = rank.get(node.migration.id)!
    for (const id of before(node)) open.delete(rank.get(id) ?? -1)
    open.add(at)
    if (open.size === 1) found.add(at)
  }
  return found
}

function group(nodes: readonly GraphNode[]): ConcurrentGroup {
  const rank = new Map(nodes.map((node, index) => [node.migration.id, index]))
  const words = Math.ceil(nodes.length / 32)
  // Of each node its ancestors in the group, a bit each.
  const ancestors = new Uint32Array(nodes.length * words)
  for (const [index, node] of nodes.entries()) {
    for (const parent of node.parents) {
      const at = rank.get(parent)
      if (at === undefined) continue
      ancestors[index * words + (at >>> 5)]! |= 1 << (at & 31)
      for (let word = 0; word < words; word++) ancestors[index * words + word]! |= ancestors[at * words + word]!
    }
  }
  const isAncestor = (one: number, of: number): boolean => ((ancestors[of * words + (one >>> 5)]! >>> (one & 31)) & 1) === 1
  return {
    nodes,
    concurrent: (one, other) => {
      const [a, b] = [rank.get(one), rank.get(other)]
      return a !== undefined && b !== undefined && a !== b && !isAncestor(a, b) && !isAncestor(b, a)
    },
  }
}
