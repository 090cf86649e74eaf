import type { Connection, Dialect } from '@yama/core'
import type { EntityContext, EntitySource, FactBase, Scope, Unmanaged } from '@yama/schema'
import { schemaDialect } from '../project/authoring-project.ts'

export interface PullReport {
  /** Files written, relative to the project. */
  readonly files: readonly string[]
  readonly facts: FactBase
  /** What stays outside the entities, with the reason. */
  readonly unmanaged: readonly Unmanaged[]
}

/**
 * Reads a live database and writes its entities. Nothing in the database changes. With `canonical` (see `canonicalFacts`) a text in an
 * entity which means what the database has stays as a person wrote it.
 */
export async function pull(
  connection: Connection,
  dialect: Dialect,
  scope: Scope,
  entities: EntitySource,
  canonical?: EntityContext['canonical'],
): Promise<PullReport> {
  const schema = schemaDialect(dialect)
  const facts = await schema.extract(connection, scope)
  const files = await entities.write(facts, { dialect: schema, ...(canonical === undefined ? {} : { canonical }) })
  return { files, facts, unmanaged: facts.unmanaged }
}
