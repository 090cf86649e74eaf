import { resolveTarget, type GraphNode, type MigrationGraph, type MigrationId } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'

/** Where something is applied: the name of an environment or of a file, and what it has. */
export interface AppliedSet {
  readonly where: string
  readonly ids: ReadonlySet<MigrationId>
}

/** The node of an id, name or version, if it may be edited. Rejects with YAMA_EDIT_APPLIED, YAMA_EDIT_HEADERLESS or YAMA_TARGET_UNKNOWN. */
export function editableNode(graph: MigrationGraph, name: string, applied: readonly AppliedSet[]): GraphNode {
  const node = graph.get(resolveTarget(name, graph, undefined))!
  const { id, file, headerless } = node.migration
  refuseApplied([id], applied)
  if (headerless) throw authoringErrors.YAMA_EDIT_HEADERLESS({ id, file }, { position: { file, line: 1, column: 1 } })
  return node
}

/** Rejects with YAMA_EDIT_APPLIED for whatever has run somewhere. */
export function refuseApplied(ids: Iterable<MigrationId>, applied: readonly AppliedSet[]): void {
  for (const id of ids) {
    const found = applied.find((set) => set.ids.has(id))
    if (found !== undefined) throw authoringErrors.YAMA_EDIT_APPLIED({ id, where: found.where })
  }
}
