import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { MigrationId } from '../contract/migration.ts'

/** The answers of a graph, over nodes in topological order. */
export function createGraph(order: readonly GraphNode[], get: (id: MigrationId) => GraphNode | undefined): MigrationGraph {
  const reach = (start: Iterable<MigrationId>, next: (node: GraphNode) => readonly MigrationId[]): Set<MigrationId> => {
    const seen = new Set<MigrationId>()
    const open = [...start]
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      const node = get(id)
      if (node === undefined || seen.has(id)) continue
      seen.add(id)
      for (const neighbour of next(node)) open.push(neighbour)
    }
    return seen
  }
  const around = (id: MigrationId, next: (node: GraphNode) => readonly MigrationId[]): ReadonlySet<MigrationId> => {
    const node = get(id)
    return node === undefined ? new Set() : reach(next(node), next)
  }
  const ids = (chosen: (node: GraphNode) => boolean): readonly MigrationId[] => order.filter(chosen).map((node) => node.migration.id)

  const graph: MigrationGraph = {
    size: order.length,
    get,
    roots: () => ids((node) => node.parents.length === 0),
    heads: () => ids((node) => node.children.length === 0),
    ancestors: (id) => around(id, (node) => node.parents),
    descendants: (id) => around(id, (node) => node.children),
    closure: (start) => reach(start, (node) => node.parents),
    order: () => order,
    levels: () => {
      const levels: GraphNode[][] = []
      for (const node of order) (levels[node.level] ??= []).push(node)
      return levels
    },
  }
  return Object.freeze(graph)
}
