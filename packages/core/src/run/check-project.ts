import type { Diagnostic } from '../contract/diagnostic.ts'
import type { GraphNode, MigrationGraph } from '../contract/graph.ts'
import type { Status } from '../contract/run.ts'
import { coreErrors } from '../errors/errors.ts'
import { toDiagnostic } from '../errors/to-diagnostic.ts'

const at = ({ migration }: GraphNode): { readonly position: { readonly file: string; readonly line: 1; readonly column: 1 } } => ({
  position: { file: migration.file, line: 1, column: 1 },
})

/** What core itself finds in a graph and its history, told instead of thrown. */
export function checkProject(graph: MigrationGraph, status: Status): readonly Diagnostic[] {
  const { late, missing, edited, cosmetic, applied } = status
  const newest = applied.at(-1)?.id ?? ''
  return [
    ...sameVersions(graph),
    ...graph
      .order()
      .filter(({ migration }) => migration.up.length === 0 && migration.kind !== 'merge' && migration.noop !== true)
      .map((node) =>
        toDiagnostic(coreErrors.YAMA_MIGRATION_EMPTY({ id: node.migration.id, file: node.migration.file }, at(node)), 'error'),
      ),
    ...missing.map(({ id, name }) => toDiagnostic(coreErrors.YAMA_HISTORY_MISSING({ id, name }), 'error')),
    ...edited.map((node) =>
      toDiagnostic(
        coreErrors.YAMA_HISTORY_EDITED(
          { id: node.migration.id, file: node.migration.file, change: 'it differs from the text that was run' },
          at(node),
        ),
        'error',
      ),
    ),
    ...late.map((node) =>
      toDiagnostic(
        coreErrors.YAMA_HISTORY_LATE({ id: node.migration.id, file: node.migration.file, applied: newest }, at(node)),
        'warning',
      ),
    ),
    ...cosmetic.map((node) =>
      toDiagnostic(coreErrors.YAMA_COSMETIC_EDIT({ id: node.migration.id, file: node.migration.file }, at(node)), 'info'),
    ),
  ]
}

function sameVersions(graph: MigrationGraph): readonly Diagnostic[] {
  const groups = new Map<string, GraphNode[]>()
  for (const node of graph.order()) {
    const number = node.migration.version.replace(/^0+(?=\d)/, '')
    if (number !== '') groups.set(number, [...(groups.get(number) ?? []), node])
  }
  return [...groups].flatMap(([version, nodes]) => {
    const last = nodes.at(-1)
    if (nodes.length < 2 || last === undefined) return []
    return [
      toDiagnostic(
        coreErrors.YAMA_GRAPH_SAME_VERSION({ ids: nodes.map(({ migration }) => migration.id).join(', '), version }, at(last)),
        'warning',
      ),
    ]
  })
}
