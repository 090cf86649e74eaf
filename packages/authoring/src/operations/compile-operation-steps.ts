import type { Migration, MigrationId } from '@yama/core'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { withScratchMajor } from '../project/scratch-major.ts'
import { historyNodes } from '../replay/replay-history.ts'
import { scratchPool } from '../replay/scratch-pool.ts'
import { compileMigration, isOperation } from './compile-migration.ts'

/**
 * The migrations with operations, with the SQL that a plan shows in their place; a way back that follows from them is stated then.
 * `only` limits it to those that are of interest.
 */
export async function compileOperationSteps(
  given: AuthoringProject,
  only?: ReadonlySet<MigrationId>,
): Promise<ReadonlyMap<MigrationId, Migration>> {
  const project = await withScratchMajor(given)
  const compiled = new Map<MigrationId, Migration>()
  const pool = scratchPool(schemaDialect(project.dialect), project.scratch, project.notice)
  try {
    for (const node of await historyNodes(project)) {
      const { migration } = node
      if (only?.has(migration.id) === false) continue
      if (![...migration.up, ...(migration.down ?? [])].some(isOperation)) continue
      const { up, down } = await compileMigration(project, node, pool)
      const { down: _, ...rest } = migration
      compiled.set(migration.id, { ...rest, up, ...(down === undefined ? {} : { down }) })
    }
  } finally {
    await pool[Symbol.asyncDispose]()
  }
  return compiled
}
