import type { Rename } from '../contract/delta.ts'
import { factBase } from '../facts/fact-base.ts'
import { memberId, objectId, type MemberKind } from '../facts/fact-id.ts'
import type { AnyFact, FactBase, FactId, FactKind, FactPayloads } from '../facts/fact.ts'
import type { KindFile, NewNames } from '../facts/kind-file.ts'
import { kindFiles } from '../facts/kind-files.ts'
import { parseFactId, type FactName } from '../facts/parse-fact-id.ts'
import { parentsOf } from '../facts/table.ts'
import { renameText } from './rename-text.ts'

export interface RenamedFacts {
  readonly base: FactBase
  /** Where a fact of the old base went; the same id where nothing moved. */
  id(old: FactId): FactId
}

/**
 * The base with the facts renamed: ids, parents, dependencies, and every payload that names them. Children move along with their table.
 * All renames happen at once, so a swap of two names is possible.
 */
export function renameFacts(base: FactBase, renames: readonly Rename[]): RenamedFacts {
  if (renames.length === 0) return { base, id: (old) => old }
  const ids = newIds(base, renames)
  const id = (old: FactId): FactId => ids.get(old) ?? old
  const names = newNames(base, ids)
  const facts = [...base.facts.values()].map((fact): AnyFact => {
    const payload = (kindFiles[fact.kind] as KindFile<FactKind>).rename(fact, names)
    const to = parseFactId(id(fact.id))
    return {
      ...fact,
      id: id(fact.id),
      name: to.name,
      schema: ids.has(fact.id) ? to.schema : fact.schema,
      ...(fact.parent === undefined ? {} : { parent: id(fact.parent) }),
      dependsOn: fact.dependsOn.map(id),
      payload: payload as FactPayloads[FactKind],
    } as AnyFact
  })
  const unmanaged = base.unmanaged.map((one) => ({
    ...one,
    dependsOn: one.dependsOn.map(id),
    ...(one.table === undefined ? {} : { table: id(one.table) }),
  }))
  return { base: factBase(base.tag, facts, unmanaged), id }
}

function newIds(base: FactBase, renames: readonly Rename[]): ReadonlyMap<FactId, FactId> {
  const stated = new Map(renames.map((rename) => [rename.from, rename.to]))
  const schemas = new Map(
    renames.filter(({ from }) => from.startsWith('schema:')).map(({ from, to }) => [parseFactId(from).name, parseFactId(to).name]),
  )
  const ids = new Map<FactId, FactId>()
  const resolve = (fact: AnyFact): FactId => {
    const known = stated.get(fact.id) ?? ids.get(fact.id)
    if (known !== undefined) return known
    const parent = fact.parent === undefined ? undefined : base.facts.get(fact.parent)
    if (parent !== undefined) {
      const to = parseFactId(resolve(parent))
      // Privileges on the sequence of a column carry the sequence's name, though they belong to the column.
      const own = parseFactId(fact.id).table
      return memberId(fact.kind as MemberKind, to.schema, own === parent.name || own === undefined ? to.name : own, fact.name)
    }
    const { kind, schema, name } = parseFactId(fact.id)
    return objectId(kind, schemas.get(schema) ?? schema, name)
  }
  for (const fact of base.facts.values()) {
    const to = resolve(fact)
    if (to !== fact.id) ids.set(fact.id, to)
  }
  return ids
}

function newNames(base: FactBase, ids: ReadonlyMap<FactId, FactId>): NewNames {
  const objects = new Map<string, string>()
  const columns = new Map<FactId, Map<string, string>>()
  for (const [from, to] of ids) {
    const [old, now]: [FactName, FactName] = [parseFactId(from), parseFactId(to)]
    if (old.name === now.name || (old.table !== undefined && old.kind !== 'column')) continue
    if (old.kind !== 'column') objects.set(old.name, now.name)
    else for (const table of withTablesBelow(base, base.facts.get(from)?.parent ?? '')) addTo(columns, table, old.name, now.name)
  }
  return {
    id: (id) => ids.get(id) ?? id,
    column: (table, name) => columns.get(table)?.get(name) ?? name,
    text(sql, mentioned) {
      const words = new Map(objects)
      for (const id of mentioned) {
        const table = id.startsWith('column:') ? base.facts.get(id)?.parent : id
        for (const [old, now] of (table === undefined ? undefined : columns.get(table)) ?? []) words.set(old, now)
      }
      return renameText(sql, words)
    },
  }
}

/** What a column is called is the same in every partition and child. */
function withTablesBelow(base: FactBase, table: FactId): readonly FactId[] {
  const below = [...base.facts.values()].filter((fact) => fact.kind === 'table' && parentsOf(fact.payload).includes(table))
  return [table, ...below.flatMap(({ id }) => withTablesBelow(base, id))]
}

function addTo(groups: Map<FactId, Map<string, string>>, key: FactId, name: string, value: string): void {
  const group = groups.get(key) ?? new Map<string, string>()
  groups.set(key, group.set(name, value))
}
