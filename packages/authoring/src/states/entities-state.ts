import { sha256Hex, type Diagnostic } from '@yama/core'
import { encodeFacts, factBase, planChange, requirePlan, type AnyFact, type EntitySource, type FactBase } from '@yama/schema'
import { readCachedFacts, writeCachedFacts } from '../cache/cache-file.ts'
import { cacheKey } from '../cache/cache-key.ts'
import { schemaDialect, type AuthoringProject } from '../project/authoring-project.ts'
import { executeActions } from '../replay/execute-actions.ts'
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
export async function entitiesState(project: AuthoringProject, source: EntitySource, pool: ScratchPool): Promise<EntitiesState> {
  const schema = schemaDialect(project.dialect)
  const { desired, diagnostics } = await source.load({ dialect: schema })
  return { facts: await canonicalFacts(project, desired, pool), diagnostics }
}

/** Facts as the server prints them: executed in a scratch database and extracted, or known from the cache. Origins and former names stay. */
export async function canonicalFacts(project: AuthoringProject, desired: FactBase, pool: ScratchPool): Promise<FactBase> {
  const schema = schemaDialect(project.dialect)
  const key = cacheKey('entities', project, [sha256Hex(encodeFacts(withoutOrigins(desired)))])
  const cached = await readCachedFacts(project.cacheDirectory, key)
  if (cached !== undefined) return withOrigins(cached, desired)
  const database = await pool.take()
  const empty = await schema.extract(database.connection, project.scope)
  const change = requirePlan(
    planChange({ before: empty, after: desired, dialect: schema, renames: [], server: database.connection.server }),
  )
  await executeActions(project, change.actions, database)
  const facts = await schema.extract(database.connection, project.scope)
  await writeCachedFacts(project.cacheDirectory, key, facts)
  return withOrigins(facts, desired)
}

function withoutOrigins(base: FactBase): FactBase {
  return factBase(
    base.tag,
    [...base.facts.values()].map(({ origin: _, was: __, renamedValues: ___, ...fact }) => fact as AnyFact),
    base.unmanaged,
  )
}

/** Canonical facts carry no places and no former names; the entities' facts of the same id do. */
function withOrigins(canonical: FactBase, desired: FactBase): FactBase {
  const facts = [...canonical.facts.values()].map((fact) => {
    const stated = desired.facts.get(fact.id)
    if (stated === undefined) return fact
    return {
      ...fact,
      ...(stated.origin === undefined ? {} : { origin: stated.origin }),
      ...(stated.was === undefined ? {} : { was: stated.was }),
      ...(stated.renamedValues === undefined ? {} : { renamedValues: stated.renamedValues }),
    } as AnyFact
  })
  return factBase(canonical.tag, facts, canonical.unmanaged)
}
