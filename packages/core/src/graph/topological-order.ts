import type { Adjacency } from './adjacency.ts'
import { integerHeap } from './integer-heap.ts'

/**
 * Nodes after their parents, the smallest number first where several are free (Kahn). Numbers are positions in the
 * migrations' own order, so ties need no comparator. Nodes on a circle or behind one are left out.
 *
 * @example topologicalOrder(parents, reverseAdjacency(parents))
 */
export function topologicalOrder(parents: Adjacency, children: Adjacency): Int32Array {
  const size = parents.start.length - 1
  const order = new Int32Array(size)
  // Where every parent has the smaller number, counting is that order.
  if (isForward(parents)) return order.map((_, node) => node)
  const open = new Int32Array(size)
  const free = integerHeap()
  for (let node = 0; node < size; node++) {
    open[node] = parents.start[node + 1]! - parents.start[node]!
    if (open[node] === 0) free.push(node)
  }
  let placed = 0
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order[placed++] = node
    for (let at = children.start[node]!; at < children.start[node + 1]!; at++) {
      const child = children.list[at]!
      if (--open[child]! === 0) free.push(child)
    }
  }
  return order.subarray(0, placed)
}

function isForward({ start, list }: Adjacency): boolean {
  for (let node = 0; node < start.length - 1; node++)
    for (let at = start[node]!; at < start[node + 1]!; at++) if (list[at]! >= node) return false
  return true
}
