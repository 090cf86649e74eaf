import { integerHeap } from './integer-heap.ts'

/**
 * Nodes after their parents, the smallest number first where several are free (Kahn). Numbers are positions in the
 * migrations' own order, so ties need no comparator. Nodes on a circle or behind one are left out.
 *
 * @example topologicalOrder([[], [0], [0]]) // [0, 1, 2]
 */
export function topologicalOrder(parents: readonly (readonly number[])[], children: readonly (readonly number[])[]): readonly number[] {
  const open = parents.map((list) => list.length)
  const free = integerHeap()
  for (const [node, count] of open.entries()) if (count === 0) free.push(node)
  const order: number[] = []
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order.push(node)
    for (const child of children[node] ?? []) {
      open[child] = (open[child] ?? 0) - 1
      if (open[child] === 0) free.push(child)
    }
  }
  return order
}
