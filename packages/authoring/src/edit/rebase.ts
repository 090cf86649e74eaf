import { buildGraph, resolveTarget } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'

/**
 * Puts a migration that nobody has applied, and what follows it, after another one; ids stay. Rejects with YAMA_EDIT_APPLIED,
 * YAMA_EDIT_CIRCLE, YAMA_REPLAY_FAILED; then nothing is changed.
 */
export async function rebase(project: AuthoringProject, name: string, onto: string, applied: readonly AppliedSet[]): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const { id } = editableNode(graph, name, applied).migration
  const target = resolveTarget(onto, graph, undefined)
  const below = graph.descendants(id)
  if (target === id || below.has(target)) throw authoringErrors.YAMA_EDIT_CIRCLE({ id, onto: target })
  refuseApplied(below, applied)
  const texts = await newLinks(project.root, graph, new Map([[id, [target]]]), graph.order())
  return await provedEdit(project, texts, [
    id,
    ...graph.order().flatMap(({ migration }) => (below.has(migration.id) ? [migration.id] : [])),
  ])
}
