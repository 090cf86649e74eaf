import { integerHeap } from './integer-heap.ts'

/** The children of node `n` are `list` from `start[n]` up to `start[n + 1]`. */
export interface Children {
  readonly start: Int32Array
  readonly list: Int32Array
}

/**
 * Nodes after their parents, the smallest number first where several are free (Kahn). Numbers are positions in the
 * migrations' own order, so ties need no comparator. Nodes on a circle or behind one are left out.
 *
 * @example topologicalOrder([[], [0]], { start: Int32Array.of(0, 1, 1), list: Int32Array.of(1) }) // [0, 1]
 */
export function topologicalOrder(parents: readonly (readonly number[])[], children: Children): readonly number[] {
  const open = new Int32Array(parents.length)
  const free = integerHeap()
  for (let node = 0; node < open.length; node++) {
    open[node] = parents[node]!.length
    if (open[node] === 0) free.push(node)
  }
  const order: number[] = []
  for (let node = free.pop(); node !== undefined; node = free.pop()) {
    order.push(node)
    for (let at = children.start[node]!; at < children.start[node + 1]!; at++) {
      const child = children.list[at]!
      if (--open[child]! === 0) free.push(child)
    }
  }
  return order
}
