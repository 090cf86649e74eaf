import type { AnyFact, FactBase, FactId, SchemaDialect } from '@yama/schema'
import type { LoadedEntities } from '../load/load-entities.ts'
import type { Placed } from '../model/model.ts'
import { factKey, factsByKey, sameFact } from './same-fact.ts'

/** A part of a file and the facts it states. */
export interface Statement {
  readonly by: Placed
  readonly facts: readonly AnyFact[]
  /** True where the database has exactly this. */
  readonly holds: boolean
}

export interface Comparison {
  readonly statements: readonly Statement[]
  /** Those of one entity, by the place of the entity or of a part of it. */
  readonly ofEntity: (by: Placed) => readonly Statement[]
  /** Facts of the database that no statement which holds says. */
  readonly left: ReadonlySet<FactId>
  /** Statements by the fact of the database that they are about. */
  readonly about: ReadonlyMap<FactId, Placed>
}

const placeKey = ({ source, path }: Placed): string => `${source.file}#${source.index}#${path.join('\0')}`

/** What a statement brings along without being about it. */
const implied = (fact: AnyFact, by: Placed): boolean =>
  (fact.kind === 'schema' && by.path[0] !== 'schemas') || (fact.kind === 'extension' && by.path[0] !== 'extensions')

/** Sets the files against the database. An object that the database has, but Yama does not manage, leaves its statement alone. */
export function compareStatements(
  loaded: LoadedEntities | undefined,
  found: FactBase,
  canonical: FactBase | undefined,
  dialect: SchemaDialect,
): Comparison {
  const byKey = factsByKey(found.facts.values())
  const canonicalByKey = factsByKey(canonical?.facts.values() ?? [])
  const unmanaged = new Set(
    found.unmanaged.flatMap((each) => [each.name, ...(each.table === undefined || each.kind !== 'table' ? [] : [each.table])]),
  )
  const isUnmanaged = (fact: AnyFact): boolean => {
    const parent = fact.parent?.slice(fact.parent.indexOf(':') + 1) ?? ''
    return (
      [fact.name, `${fact.schema}.${fact.name}`, `${parent}.${fact.name}`].some((name) => unmanaged.has(name)) ||
      (fact.parent !== undefined && unmanaged.has(parent))
    )
  }
  const groups = new Map<string, { by: Placed; facts: AnyFact[] }>()
  for (const fact of loaded?.facts ?? []) {
    const by = loaded?.statedBy.get(fact.id)
    if (by === undefined) continue
    const key = placeKey(by)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, { by, facts: [fact] })
    else group.facts.push(fact)
  }
  const keysBelow = new Map<FactId, string[]>()
  for (const [key, { parent }] of byKey) {
    if (parent === undefined) continue
    const keys = keysBelow.get(parent)
    if (keys === undefined) keysBelow.set(parent, [key])
    else keys.push(key)
  }
  const left = new Set(found.facts.keys())
  const about = new Map<FactId, Placed>()
  const statements: Statement[] = []
  for (const { by, facts } of groups.values()) {
    const own = facts.filter((fact) => !implied(fact, by))
    // A join table in one field says all of it; more in the database needs an entity.
    const isJoin = by.path[2] === 'fields' && own.some((fact) => fact.kind === 'table')
    const keys = new Set(own.map(factKey))
    const parents = new Set(own.map((fact) => fact.parent))
    const more = isJoin && [...parents].some((parent) => (keysBelow.get(parent ?? '') ?? []).some((key) => !keys.has(key)))
    const holds =
      !more &&
      own.every((fact) => {
        const key = factKey(fact)
        const there = byKey.get(key)
        if (there === undefined) return isUnmanaged(fact)
        return sameFact(fact, there, dialect, canonicalByKey.get(key))
      })
    for (const fact of facts) {
      const there = byKey.get(factKey(fact))
      if (there === undefined) continue
      about.set(there.id, by)
      if (holds) left.delete(there.id)
    }
    statements.push({ by, facts: own, holds })
  }
  return { statements, left, about, ofEntity: byEntity(statements) }
}

/** Asked for each table: to go through all statements each time would take minutes for thousands of tables. */
function byEntity(statements: readonly Statement[]): Comparison['ofEntity'] {
  const found = new Map<string, Statement[]>()
  const keyOf = ({ source, path }: Placed): string => placeKey({ name: '', source, path: path.slice(0, 2) })
  for (const statement of statements) {
    if (statement.by.path[0] !== 'entities') continue
    const key = keyOf(statement.by)
    const list = found.get(key)
    if (list === undefined) found.set(key, [statement])
    else list.push(statement)
  }
  return (by) => found.get(keyOf(by)) ?? []
}
