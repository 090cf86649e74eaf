import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { HistoryState, MigrationRow } from '../contract/history.ts'
import type { MigrationId } from '../contract/migration.ts'
import type { Status } from '../contract/run.ts'
import { parentId } from '../graph/parent-id.ts'
import { hasMeaning } from '../hash/hash-algorithms.ts'
import { dueRepeatables, REPEATABLE } from './repeatables.ts'

export interface CompareOptions {
  readonly late?: ReadonlySet<MigrationId>
  readonly skipped?: ReadonlySet<MigrationId>
  /** From `repeatableNodes`. */
  readonly repeatables?: readonly GraphNode[]
}

const NONE: readonly MigrationId[] = Object.freeze([])

/** Ids of the parents that a row recorded. */
export const recordedParents = (row: MigrationRow): readonly MigrationId[] => row.parents.map(parentId)

/** Rows of what is in the database, whole or in part. */
export const presentRows = (history: HistoryState): readonly MigrationRow[] => history.migrations.filter((row) => row.status !== 'reverted')

/**
 * Compares files and history as sets. A row that is partly applied is neither applied nor pending: it waits for a repair.
 *
 * @example const { pending, edited } = compareHistory(graph, await store.read())
 */
export function compareHistory(graph: MigrationGraph, history: HistoryState, options: CompareOptions = {}): Status {
  const { late = new Set(), skipped = new Set(), repeatables = [] } = options
  const present = new Map(
    presentRows(history)
      .filter(({ kind }) => kind !== REPEATABLE)
      .map((row) => [row.id, row]),
  )
  const applied = [...present.values()].filter((row) => row.status === 'applied').sort((a, b) => a.appliedSeq - b.appliedSeq)
  const pending: GraphNode[] = present.size === 0 && skipped.size === 0 ? [...graph.order()] : []
  const edited: GraphNode[] = []
  const cosmetic: GraphNode[] = []
  const covered = new Set<MigrationId>()
  // In an empty database everything is pending, and nobody has to look at each.
  for (const node of pending.length > 0 ? [] : graph.order()) {
    const { id, rawHash, covers } = node.migration
    if (covers !== undefined) for (const original of covers) covered.add(original.id)
    const row = present.get(id)
    if (row === undefined) {
      if (!skipped.has(id)) pending.push(node)
      // What is half done is compared with its journal, statement by statement.
    } else if (row.status !== 'applied') continue
    else if (!hasMeaning(node.migration, row.semanticHash)) edited.push(node)
    else if (row.rawHash !== rawHash) cosmetic.push(node)
  }
  const parents = new Set<MigrationId>()
  for (const row of applied) {
    for (const parent of row.parents) parents.add(parentId(parent))
    for (const id of row.covers ?? NONE) parents.add(id)
    for (const id of graph.get(row.id)?.parents ?? NONE) parents.add(id)
  }
  return {
    history,
    applied,
    pending,
    missing: [...present.values()].filter(
      ({ id, name }) => graph.get(id) === undefined && !covered.has(id) && !skipped.has(id) && !skipped.has(name),
    ),
    edited,
    cosmetic,
    late: late.size === 0 ? [] : pending.filter((node) => late.has(node.migration.id)),
    repeatable: dueRepeatables(repeatables, history, pending.length > 0),
    heads: applied.filter((row) => !parents.has(row.id)).map((row) => row.id),
  }
}
