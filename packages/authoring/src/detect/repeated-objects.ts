import { repeatableNodes, type GraphNode } from '@yama/core'
import { difference, type FactId } from '@yama/schema'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { replayInto } from '../replay/replay-history.ts'
import type { ScratchPool } from '../replay/scratch-pool.ts'

/**
 * What repeatable migrations make or change at the end of everything: an existing database may have it in an older form, or
 * not yet, and the next run brings it up to date. Empty where there are none.
 */
export async function repeatedObjects(
  project: AuthoringProject,
  nodes: readonly GraphNode[],
  pool: ScratchPool,
): Promise<ReadonlySet<FactId>> {
  const repeatables = repeatableNodes(await project.migrations.load(project.scratch.signal))
  if (repeatables.length === 0) return new Set()
  const schema = schemaDialect(project.dialect)
  const scratch = await pool.take()
  await replayInto(project, nodes, scratch)
  const before = await schema.extract(scratch.connection, project.scope)
  await replayInto(project, repeatables, scratch)
  const after = await schema.extract(scratch.connection, project.scope)
  return new Set(difference(before, after).map((delta) => (delta.change === 'drop' ? delta.from.id : delta.to.id)))
}
