import type { Diagnostic } from '@yama/core'
import type { EntitySource, FactBase } from '@yama/schema'
import { canonicalFacts, type HistoryState } from '../canonical/canonical-facts.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import type { ScratchPool } from '../replay/scratch-pool.ts'

export interface EntitiesState {
  /** What the entities mean, as the server prints it, with origins and former names. */
  readonly facts: FactBase
  readonly diagnostics: readonly Diagnostic[]
}

/**
 * The schema that the entities describe: rendered, executed in a scratch database, extracted.
 * A scratch database is taken only where the cache does not know the answer.
 * Rejects with YAMA_ENTITY_INVALID for mistakes in the files, YAMA_ENTITIES_REFUSED for what the server refuses.
 */
export async function entitiesState(
  project: AuthoringProject,
  source: EntitySource,
  pool: ScratchPool,
  history?: HistoryState,
): Promise<EntitiesState> {
  const schema = schemaDialect(project.dialect)
  const { desired, diagnostics } = await source.load({ dialect: schema })
  return { facts: await canonicalFacts(project, desired, pool, history), diagnostics }
}
