/** One circle among the nodes that a topological order left out, each followed by a parent; starts and ends with the same node. */
export function findCycle(parents: readonly (readonly number[])[], ordered: ReadonlySet<number>): readonly number[] {
  const start = parents.findIndex((_, node) => !ordered.has(node))
  const path: number[] = []
  const position = new Map<number, number>()
  let node = start
  while (!position.has(node)) {
    position.set(node, path.length)
    path.push(node)
    // Each node that was left out has a parent that was left out; otherwise it would have become free.
    node = parents[node]?.find((parent) => !ordered.has(parent)) ?? node
  }
  return [...path.slice(position.get(node)), node]
}
