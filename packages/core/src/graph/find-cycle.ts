import type { Adjacency } from './adjacency.ts'

/** One circle among the nodes that a topological order left out, each followed by a parent; starts and ends with the same node. */
export function findCycle(parents: Adjacency, ordered: ReadonlySet<number>): readonly number[] {
  const size = parents.start.length - 1
  let node = 0
  while (node < size && ordered.has(node)) node++
  const path: number[] = []
  const position = new Map<number, number>()
  while (!position.has(node)) {
    position.set(node, path.length)
    path.push(node)
    // Each node that was left out has a parent that was left out; otherwise it would have become free.
    node = parents.list.subarray(parents.start[node], parents.start[node + 1]).find((parent) => !ordered.has(parent)) ?? node
  }
  return [...path.slice(position.get(node)), node]
}
