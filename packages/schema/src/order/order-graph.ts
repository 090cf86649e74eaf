export interface OrderEdge {
  readonly to: number
  /** A soft edge may be given up where it closes a circle: a foreign key inside a larger statement, a shared name. */
  strength: 'hard' | 'soft' | 'gone'
}

/** Nodes 0 … size-1 and, for each, the nodes that come later. */
export interface OrderGraph {
  readonly size: number
  readonly next: readonly OrderEdge[][]
}

export function addEdge(graph: OrderGraph, from: number, to: number, strength: 'hard' | 'soft'): void {
  if (from !== to) graph.next[from]?.push({ to, strength })
}

/**
 * One order that respects every hard edge, the smallest rank first among those that are free; deterministic.
 * Soft edges are given up only in circles. Where hard edges close a circle, `circle` has its nodes instead.
 */
export function sortGraph(
  graph: OrderGraph,
  rank: readonly number[],
): { readonly order: readonly number[] } | { readonly circle: readonly number[] } {
  const waiting = new Int32Array(graph.size)
  for (const edges of graph.next) for (const { to } of edges) waiting[to] = (waiting[to] ?? 0) + 1
  const free = new RankHeap(rank)
  for (let node = 0; node < graph.size; node++) if (waiting[node] === 0) free.push(node)
  const order: number[] = []
  const done = new Uint8Array(graph.size)
  for (;;) {
    for (let node = free.pop(); node !== undefined; node = free.pop()) {
      order.push(node)
      done[node] = 1
      for (const { to, strength } of graph.next[node] ?? []) if (strength !== 'gone' && --waiting[to]! === 0) free.push(to)
    }
    if (order.length === graph.size) return { order }
    const circle = findCircle(graph, done)
    if (!giveUpSoftEdges(graph, circle, waiting, free)) return { circle }
  }
}

function giveUpSoftEdges(graph: OrderGraph, circle: readonly number[], waiting: Int32Array, free: RankHeap): boolean {
  for (let index = 0; index < circle.length; index++) {
    const to = circle[(index + 1) % circle.length]
    const edges = (graph.next[circle[index] ?? 0] ?? []).filter((edge) => edge.to === to && edge.strength !== 'gone')
    if (to === undefined || edges.some((edge) => edge.strength === 'hard')) continue
    for (const edge of edges) edge.strength = 'gone'
    if ((waiting[to] = (waiting[to] ?? 0) - edges.length) === 0) free.push(to)
    return true
  }
  return false
}

/** Every node that is left waits for another one that is left, so walking backwards must come round. */
function findCircle(graph: OrderGraph, done: Uint8Array): readonly number[] {
  const previous = new Int32Array(graph.size).fill(-1)
  let start = -1
  graph.next.forEach((edges, node) => {
    if (done[node] === 1) return
    for (const { to, strength } of edges) {
      if (strength === 'gone' || done[to] === 1) continue
      // A soft edge is the better witness: a circle through it can be opened.
      if (previous[to] === -1 || strength === 'soft') previous[to] = node
      start = to
    }
  })
  const seen = new Set<number>()
  let node = start
  while (!seen.has(node)) {
    seen.add(node)
    node = previous[node] ?? -1
  }
  const path = [...seen]
  return path.slice(path.indexOf(node)).reverse()
}

class RankHeap {
  private readonly items: number[] = []
  private readonly rank: readonly number[]

  constructor(rank: readonly number[]) {
    this.rank = rank
  }

  push(item: number): void {
    const { items } = this
    let index = items.push(item) - 1
    while (index > 0) {
      const parent = (index - 1) >> 1
      if (this.before(items[parent]!, item)) break
      items[index] = items[parent]!
      index = parent
    }
    items[index] = item
  }

  pop(): number | undefined {
    const { items } = this
    const top = items[0]
    const last = items.pop()
    if (last === undefined || items.length === 0) return top
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= items.length) break
      if (child + 1 < items.length && this.before(items[child + 1]!, items[child]!)) child++
      if (this.before(last, items[child]!)) break
      items[index] = items[child]!
      index = child
    }
    items[index] = last
    return top
  }

  private before(a: number, b: number): boolean {
    return this.rank[a]! < this.rank[b]!
  }
}
