import type { Connection, Dialect } from '@yama/core'
import {
  factBase,
  withRows,
  type EntityContext,
  type EntitySource,
  type FactBase,
  type SchemaDialect,
  type Scope,
  type Unmanaged,
} from '@yama/schema'
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
  // Rows are told apart where entities are written: those of a lookup enum are its values, all others are data.
  const read = await withRows(schema, true).extract(connection, scope)
  const found = await withRefusedBodies(read, schema, connection, scope)
  const facts = factBase(
    found.tag,
    [...found.facts.values()].filter(({ kind }) => kind !== 'rows'),
    found.unmanaged,
  )
  const files = await entities.write(found, { dialect: schema, ...(canonical === undefined ? {} : { canonical }) })
  return { files, facts, unmanaged: facts.unmanaged }
}

/** An entity has to say so, or the routine could not be made from it. */
async function withRefusedBodies(found: FactBase, schema: SchemaDialect, connection: Connection, scope: Scope): Promise<FactBase> {
  const refused = [...found.facts.values()].some(({ kind }) => kind === 'function')
    ? await schema.refusedBodies?.(connection, scope)
    : undefined
  if (refused === undefined || refused.size === 0) return found
  const facts = [...found.facts.values()].map((fact) => (refused.has(fact.id) ? { ...fact, unchecked: true as const } : fact))
  return factBase(found.tag, facts, found.unmanaged)
}
