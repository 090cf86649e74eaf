import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { Migration } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import { linkHash } from '../hash/link-hash.ts'
import { reverseAdjacency, type Adjacency } from './adjacency.ts'
import { createGraph } from './create-graph.ts'
import { findCycle } from './find-cycle.ts'
import { resolveChain, type Chain } from './resolve-chain.ts'
import { topologicalOrder } from './topological-order.ts'

/**
 * Builds the graph once, in time linear in migrations and edges besides one sort. Throws YAMA_GRAPH_DUPLICATE_ID,
 * YAMA_GRAPH_MISSING_PARENT, YAMA_GRAPH_CYCLE with the path, and YAMA_GRAPH_LINK with the ancestor that was edited.
 * Without a chain every file without a header follows the one before it, as in an empty database.
 *
 * @example buildGraph(await source.load()).order().map((node) => node.migration.id)
 */
export function buildGraph(migrations: readonly Migration[], chain: Chain = resolveChain(migrations)): MigrationGraph {
  const { sorted, places } = chain
  if (places.size < sorted.length) refuseDuplicate(sorted)
  const parents = parentsOf(chain)
  const children = reverseAdjacency(parents)

  const order = topologicalOrder(parents, children)
  if (order.length < sorted.length) {
    const path = findCycle(parents, new Set(order)).map((node) => sorted[node]?.id ?? '')
    throw coreErrors.YAMA_GRAPH_CYCLE({ path: path.join(' → ') }, { position: start(sorted[places.get(path[0] ?? '') ?? 0]), data: path })
  }

  const nodes: (GraphNode | undefined)[] = Array.from(sorted, () => undefined)
  const get = (id: string): GraphNode | undefined => nodes[places.get(id) ?? -1]
  const ordered = Array.from(order, (node) => {
    const migration = sorted[node]!
    const from = parents.start[node]!
    const to = parents.start[node + 1]!
    let level = 0
    for (let at = from; at < to; at++) level = Math.max(level, nodes[parents.list[at]!]!.level + 1)
    const link = verifiedLink(migration, chain, (id) => {
      // Most have one parent, which is the one that is stated.
      const only = to - from === 1 ? nodes[parents.list[from]!] : undefined
      return only?.migration.id === id ? only : get(id)
    })
    const stated = chain.parentsInOrder[node]!
    const own = stated.length === 1 && to - from === 1 ? stated : idsOf(sorted, parents, node)
    return (nodes[node] = { migration, parents: own, children: idsOf(sorted, children, node), link, level })
  })
  return createGraph(ordered, get)
}

const NONE: readonly string[] = Object.freeze([])

function idsOf(sorted: readonly Migration[], { start: starts, list }: Adjacency, node: number): readonly string[] {
  const from = starts[node]!
  const count = starts[node + 1]! - from
  // Most have one.
  if (count === 1) return [sorted[list[from]!]!.id]
  return count === 0 ? NONE : Array.from({ length: count }, (_, at) => sorted[list[from + at]!]!.id)
}

const start = (migration: Migration | undefined): { readonly file: string; readonly line: 1; readonly column: 1 } | undefined =>
  migration === undefined ? undefined : { file: migration.file, line: 1, column: 1 }

function refuseDuplicate(sorted: readonly Migration[]): void {
  const seen = new Map<string, Migration>()
  for (const migration of sorted) {
    const { id, file } = migration
    const earlier = seen.get(id)
    if (earlier !== undefined)
      throw coreErrors.YAMA_GRAPH_DUPLICATE_ID({ id, first: earlier.file, second: file }, { position: start(migration) })
    seen.set(id, migration)
  }
}

/** An order that a merge states is an edge from each to the next; it is no part of their links. */
function decidedOrder(sorted: readonly Migration[]): ReadonlyMap<string, readonly string[]> {
  const before = new Map<string, string[]>()
  for (const { merge } of sorted) {
    if (merge?.order === undefined) continue
    for (const [index, id] of merge.order.slice(1).entries()) {
      const earlier = merge.order[index] ?? ''
      before.set(id, [...(before.get(id) ?? []), earlier])
    }
  }
  return before
}

/** Of each of the sorted migrations the places of its parents, the smallest first; one that is stated twice is one edge. */
function parentsOf({ sorted, places, parentsInOrder }: Chain): Adjacency {
  const decided = decidedOrder(sorted)
  let count = 0
  for (const list of parentsInOrder) count += list.length
  for (const list of decided.values()) count += list.length
  const starts = new Int32Array(sorted.length + 1)
  const list = new Int32Array(count)
  let end = 0
  for (let node = 0; node < sorted.length; node++) {
    const from = end
    const add = (parent: string): void => {
      // Most follow the one before them.
      const place = node > 0 && sorted[node - 1]!.id === parent ? node - 1 : places.get(parent)
      if (place === undefined) {
        const { id, file } = sorted[node]!
        throw coreErrors.YAMA_GRAPH_MISSING_PARENT({ id, file, parent }, { position: start(sorted[node]) })
      }
      list[end++] = place
    }
    for (const parent of parentsInOrder[node]!) add(parent)
    if (decided.size > 0) for (const parent of decided.get(sorted[node]!.id) ?? NONE) add(parent)
    if (end - from > 1) end = sortedOnce(list, from, end)
    starts[node + 1] = end
  }
  return { start: starts, list: list.subarray(0, end) }
}

/** Sorts a part of the list and takes out what is there twice; gives the new end. */
function sortedOnce(list: Int32Array, from: number, end: number): number {
  list.subarray(from, end).sort()
  let kept = from + 1
  for (let at = from + 1; at < end; at++) if (list[at] !== list[kept - 1]) list[kept++] = list[at]!
  return kept
}

/** In topological order the first link that does not hold belongs to the edited migration itself: its own parents have held. */
function verifiedLink(migration: Migration, chain: Chain, get: (id: string) => GraphNode | undefined): string {
  const { headerless, parents, semanticHash } = migration
  if (headerless || parents.length === 0) return linkHash(semanticHash, NONE)
  const links = parents.map((parent) => {
    const found = get(parent.id)
    const actual = found?.link ?? chain.external.get(parent.id) ?? ''
    if (parent.link !== undefined && parent.link !== actual) {
      const { id, file } = migration
      const details = { id, file, parent: parent.id, parentFile: found?.migration.file ?? parent.id, stated: parent.link, actual }
      throw coreErrors.YAMA_GRAPH_LINK(details, { position: start(migration) })
    }
    return actual
  })
  return linkHash(semanticHash, links)
}
