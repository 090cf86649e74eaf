import { buildGraph } from '@yama/core'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'

/** Deletes a migration that nobody has applied; what followed it follows its parents. Rejects as `rebase` does. */
export async function drop(project: AuthoringProject, name: string, applied: readonly AppliedSet[]): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const node = editableNode(graph, name, applied)
  const { id, file } = node.migration
  const below = graph.descendants(id)
  refuseApplied(below, applied)
  const parents = new Map(
    node.children.map((child) => {
      const own = graph.get(child)!.migration.parents.map((parent) => parent.id)
      return [child, [...new Set(own.flatMap((parent) => (parent === id ? node.parents : [parent])))]] as const
    }),
  )
  const texts = await newLinks(
    project.root,
    graph,
    parents,
    graph.order().filter(({ migration }) => migration.id !== id),
  )
  return await provedEdit(project, new Map<string, string | undefined>([...texts, [file, undefined]]), [id, ...below])
}
