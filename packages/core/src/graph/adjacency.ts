/** Of node `n`, what `list` has from `start[n]` up to `start[n + 1]`: a hundred thousand small arrays would keep the collector busy. */
export interface Adjacency {
  readonly start: Int32Array
  readonly list: Int32Array
}

/** The same edges from their other ends, the smallest first. */
export function reverseAdjacency({ start, list }: Adjacency): Adjacency {
  const size = start.length - 1
  const from = new Int32Array(start.length)
  for (const end of list) from[end + 1]!++
  for (let node = 0; node < size; node++) from[node + 1]! += from[node]!
  const next = from.slice()
  const other = new Int32Array(list.length)
  for (let node = 0; node < size; node++) for (let at = start[node]!; at < start[node + 1]!; at++) other[next[list[at]!]!++] = node
  return { start: from, list: other }
}
