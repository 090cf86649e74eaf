import { buildGraph, resolveTarget, type Migration, type MigrationId } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { newLinks } from './new-links.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, refuseApplied, type AppliedSet } from './refuse-applied.ts'

/** Directly before or after another migration. */
export type Place = { readonly before: string } | { readonly after: string }

/**
 * Takes a migration that nobody has applied out of its place and puts it directly before or after another one: what followed it
 * follows its parents, what followed the new neighbour follows it; ids stay. Rejects with YAMA_EDIT_APPLIED, YAMA_EDIT_CIRCLE,
 * YAMA_REPLAY_FAILED; then nothing is changed.
 */
export async function reorder(project: AuthoringProject, name: string, place: Place, applied: readonly AppliedSet[]): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const { id } = editableNode(graph, name, applied).migration
  const target = 'before' in place ? editableNode(graph, place.before, applied).migration.id : resolveTarget(place.after, graph, undefined)
  if (target === id) throw authoringErrors.YAMA_EDIT_CIRCLE({ id, onto: target })
  const migrations = graph.order().map(({ migration }) => migration)
  const parents = placed(migrations, id, target, 'before' in place)
  const moved = buildGraph(
    migrations.map((migration) => ({
      ...migration,
      parents: (parents.get(migration.id) ?? idsOf(migration)).map((parent) => ({ id: parent })),
    })),
  )
  const changed = [...new Set([...parents.keys()].flatMap((each) => [each, ...moved.descendants(each)]))]
  refuseApplied(changed, applied)
  return await provedEdit(project, await newLinks(project.root, graph, parents, moved.order()), changed)
}

const idsOf = ({ parents }: Migration): readonly MigrationId[] => parents.map((parent) => parent.id)

/** The parents of those that get others. */
function placed(
  migrations: readonly Migration[],
  id: MigrationId,
  target: MigrationId,
  before: boolean,
): ReadonlyMap<MigrationId, readonly MigrationId[]> {
  const own = idsOf(migrations.find((migration) => migration.id === id)!)
  const changed = new Map<MigrationId, readonly MigrationId[]>()
  const parentsOf = (migration: Migration): readonly MigrationId[] => changed.get(migration.id) ?? idsOf(migration)
  const replace = (migration: Migration, from: MigrationId, to: readonly MigrationId[]): void => {
    const parents = parentsOf(migration)
    if (!parents.includes(from)) return
    changed.set(migration.id, [...new Set(parents.flatMap((parent) => (parent === from ? to : [parent])))])
  }
  const others = migrations.filter((migration) => migration.id !== id)
  for (const migration of others) replace(migration, id, own)
  if (before) {
    changed.set(id, parentsOf(migrations.find((migration) => migration.id === target)!))
    changed.set(target, [id])
  } else {
    for (const migration of others) replace(migration, target, [id])
    changed.set(id, [target])
  }
  return changed
}
