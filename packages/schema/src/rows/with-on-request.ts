import type { OnRequest, SchemaDialect } from '../contract/schema-dialect.ts'
import { factBase } from '../facts/fact-base.ts'
import { memberId } from '../facts/fact-id.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'

const PUBLIC: FactId = 'schema:public'
/** Whoever owns the database, since PostgreSQL 15: nobody stated that. */
const NOBODY = 'pg_database_owner'

/**
 * The dialect with an `extract` that also reads owners and versions of extensions, which `keepStated` then compares where entities state them. In a scratch
 * database everything belongs to whoever made it, which says nothing; in a `live` one every owner is read.
 */
export function withOnRequest(dialect: SchemaDialect, live = false): SchemaDialect {
  const { onRequest } = dialect
  if (onRequest === undefined) return dialect
  return {
    ...dialect,
    extract: async (connection, scope) => addOnRequest(await dialect.extract(connection, scope), await onRequest(connection, scope), live),
  }
}

function addOnRequest(base: FactBase, { owners, versions, user }: OnRequest, live: boolean): FactBase {
  const facts = [...base.facts.values()].map((fact): AnyFact => {
    const version = fact.kind === 'extension' ? versions.get(fact.id) : undefined
    return fact.kind === 'extension' && version !== undefined ? { ...fact, payload: { ...fact.payload, version } } : fact
  })
  for (const [id, role] of owners) {
    if (((role === user || role === NOBODY) && !live) || (id !== PUBLIC && !base.facts.has(id))) continue
    facts.push(ownerFact(id, role, base.facts.has(id)))
  }
  return factBase(base.tag, facts, base.unmanaged)
}

function ownerFact(id: FactId, role: string, hasParent: boolean): AnyFact {
  const { schema, name } = parseFactId(id)
  return {
    kind: 'owner',
    id: memberId('owner', schema, name, 'owner'),
    schema,
    name: 'owner',
    ...(hasParent ? { parent: id } : {}),
    payload: { role },
    dependsOn: [],
  }
}
