import type { Connection, Dialect } from '@yama/core'
import {
  factBase,
  withOnRequest,
  withRows,
  type AnyFact,
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
 * entity which means what the database has stays as a person wrote it. Owners and versions of extensions are written where the entities state some, or
 * where `onRequest` asks for all of them.
 */
export async function pull(
  connection: Connection,
  dialect: Dialect,
  scope: Scope,
  entities: EntitySource,
  canonical?: EntityContext['canonical'],
  onRequest = false,
): Promise<PullReport> {
  const schema = schemaDialect(dialect)
  // Rows are told apart where entities are written: those of a lookup enum are its values, all others are data.
  const read = await withOnRequest(withRows(schema, true), true).extract(connection, scope)
  const found = await withRefusedBodies(read, schema, connection, scope)
  const facts = factBase(found.tag, onRequest ? withoutRows(found) : withoutRequests(found), found.unmanaged)
  const files = await entities.write(found, { dialect: schema, onRequest, ...(canonical === undefined ? {} : { canonical }) })
  return { files, facts, unmanaged: facts.unmanaged }
}

const withoutRows = ({ facts }: FactBase): readonly AnyFact[] => [...facts.values()].filter(({ kind }) => kind !== 'rows')

/** What nobody asked for was read to keep what the files state of it. */
const withoutRequests = (base: FactBase): readonly AnyFact[] =>
  withoutRows(base).flatMap((fact): readonly AnyFact[] => {
    if (fact.kind === 'owner') return []
    return [fact.kind === 'extension' ? { ...fact, payload: { schema: fact.payload.schema } } : fact]
  })

/** An entity has to say so, or the routine could not be made from it. */
async function withRefusedBodies(found: FactBase, schema: SchemaDialect, connection: Connection, scope: Scope): Promise<FactBase> {
  const refused = [...found.facts.values()].some(({ kind }) => kind === 'function')
    ? await schema.refusedBodies?.(connection, scope)
    : undefined
  if (refused === undefined || refused.size === 0) return found
  const facts = [...found.facts.values()].map((fact) => (refused.has(fact.id) ? { ...fact, unchecked: true as const } : fact))
  return factBase(found.tag, facts, found.unmanaged)
}
