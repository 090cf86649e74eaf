import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { Migration } from '../contract/migration.ts'
import { coreErrors } from '../errors/errors.ts'
import { linkHash } from '../hash/link-hash.ts'
import { createGraph } from './create-graph.ts'
import { findCycle } from './find-cycle.ts'
import { resolveChain, type Chain } from './resolve-chain.ts'
import { topologicalOrder, type Children } from './topological-order.ts'

/**
 * Builds the graph once, in time linear in migrations and edges besides one sort. Throws YAMA_GRAPH_DUPLICATE_ID,
 * YAMA_GRAPH_MISSING_PARENT, YAMA_GRAPH_CYCLE with the path, and YAMA_GRAPH_LINK with the ancestor that was edited.
 * Without a chain every file without a header follows the one before it, as in an empty database.
 *
 * @example buildGraph(await source.load()).order().map((node) => node.migration.id)
 */
export function buildGraph(migrations: readonly Migration[], chain: Chain = resolveChain(migrations)): MigrationGraph {
  const { sorted } = chain
  const rank = rankById(sorted)
  const decided = decidedOrder(sorted)
  const parents = sorted.map((migration) => parentRanks(migration, chain, rank, decided.get(migration.id)))
  const children = childRanks(parents)

  const order = topologicalOrder(parents, children)
  if (order.length < sorted.length) {
    const path = findCycle(parents, new Set(order)).map((node) => sorted[node]?.id ?? '')
    throw coreErrors.YAMA_GRAPH_CYCLE({ path: path.join(' → ') }, { position: start(sorted[rank.get(path[0] ?? '') ?? 0]), data: path })
  }

  const nodes = Array.from<GraphNode>({ length: sorted.length })
  const ids = (ranks: readonly number[]): readonly string[] =>
    ranks.length === 0 ? NONE : ranks.length === 1 ? [sorted[ranks[0]!]!.id] : ranks.map((node) => sorted[node]!.id)
  const childIds = (node: number): readonly string[] => {
    const from = children.start[node]!
    const count = children.start[node + 1]! - from
    const idAt = (at: number): string => sorted[children.list[at]!]!.id
    // Most have one child.
    return count === 0 ? NONE : count === 1 ? [idAt(from)] : Array.from({ length: count }, (_, at) => idAt(from + at))
  }
  // One map for all questions by id: a second one of a hundred thousand is a tenth of the time.
  const get = (id: string): GraphNode | undefined => {
    const found = rank.get(id)
    return found === undefined ? undefined : nodes[found]
  }
  const ordered = order.map((node) => {
    const migration = sorted[node]!
    const own = parents[node]!
    let level = 0
    for (const parent of own) level = Math.max(level, nodes[parent]!.level + 1)
    const link = verifiedLink(migration, get, chain)
    return (nodes[node] = { migration, parents: ids(own), children: childIds(node), link, level })
  })
  return createGraph(ordered, get)
}

/** The children of all nodes in one list: a hundred thousand small arrays would keep the collector busy. */
function childRanks(parents: readonly (readonly number[])[]): Children {
  const start = new Int32Array(parents.length + 1)
  for (const list of parents) for (const parent of list) start[parent + 1]!++
  for (let node = 0; node < parents.length; node++) start[node + 1]! += start[node]!
  const list = new Int32Array(start[parents.length]!)
  const next = start.slice()
  for (let child = 0; child < parents.length; child++) for (const parent of parents[child]!) list[next[parent]!++] = child
  return { start, list }
}

const NONE: readonly string[] = Object.freeze([])
const NO_RANKS: readonly number[] = Object.freeze([])

const start = (migration: Migration | undefined): { readonly file: string; readonly line: 1; readonly column: 1 } | undefined =>
  migration === undefined ? undefined : { file: migration.file, line: 1, column: 1 }

function rankById(sorted: readonly Migration[]): ReadonlyMap<string, number> {
  const rank = new Map<string, number>()
  for (let index = 0; index < sorted.length; index++) {
    const migration = sorted[index]!
    const earlier = rank.get(migration.id)
    if (earlier !== undefined) {
      throw coreErrors.YAMA_GRAPH_DUPLICATE_ID(
        { id: migration.id, first: sorted[earlier]?.file ?? '', second: migration.file },
        { position: start(migration) },
      )
    }
    rank.set(migration.id, index)
  }
  return rank
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

function parentRanks(
  migration: Migration,
  chain: Chain,
  rank: ReadonlyMap<string, number>,
  decided: readonly string[] = NONE,
): readonly number[] {
  const stated = chain.parents.get(migration.id) ?? NONE
  const ids = decided.length === 0 ? stated : [...stated, ...decided]
  if (ids.length === 0) return NO_RANKS
  const ranks: number[] = []
  for (const parent of ids) {
    const found = rank.get(parent)
    if (found === undefined) {
      throw coreErrors.YAMA_GRAPH_MISSING_PARENT({ id: migration.id, file: migration.file, parent }, { position: start(migration) })
    }
    ranks.push(found)
  }
  // A parent that is stated twice is one edge.
  return ranks.length < 2 ? ranks : [...new Set(ranks)].sort((a, b) => a - b)
}

/** In topological order the first link that does not hold belongs to the edited migration itself: its own parents have held. */
function verifiedLink(migration: Migration, get: (id: string) => GraphNode | undefined, chain: Chain): string {
  const links = migration.headerless
    ? NONE
    : migration.parents.map((parent) => {
        const found = get(parent.id)
        const actual = found?.link ?? chain.external.get(parent.id) ?? ''
        if (parent.link !== undefined && parent.link !== actual) {
          throw coreErrors.YAMA_GRAPH_LINK(
            {
              id: migration.id,
              file: migration.file,
              parent: parent.id,
              parentFile: found?.migration.file ?? parent.id,
              stated: parent.link,
              actual,
            },
            { position: start(migration) },
          )
        }
        return actual
      })
  return linkHash(migration.semanticHash, links)
}
