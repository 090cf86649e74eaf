import { createHash } from 'node:crypto'
import type { AnyFact, FactBase, FactId, FactKind } from '@yama/schema'

/** An object with everything under it: a table with its columns, keys, indexes, triggers and grants. */
export interface FactGroup {
  readonly root: FactId
  readonly kind: FactKind
  readonly facts: readonly AnyFact[]
  /** Equal exactly where what is stated is equal; places and former names are not in it. */
  readonly digest: string
}

/** The facts of a schema by the object at their top, in the order of the base. */
export function factGroups(base: FactBase): ReadonlyMap<FactId, FactGroup> {
  return new Map(
    [...groupedFacts(base)].map(([root, facts]) => {
      const kind = root.slice(0, root.indexOf(':')) as FactKind
      return [root, { root, kind, facts, digest: digestOf(facts) }]
    }),
  )
}

/** The facts of a base by the id of the object at their top. */
export function groupedFacts(base: FactBase): ReadonlyMap<FactId, readonly AnyFact[]> {
  const groups = new Map<FactId, AnyFact[]>()
  let parent: FactId | undefined
  let root: FactId = ''
  for (const fact of base.facts.values()) {
    // Members of one table follow each other.
    if (fact.parent === undefined) root = fact.id
    else if (fact.parent !== parent) root = rootOf(base, fact.parent)
    parent = fact.parent
    const group = groups.get(root)
    if (group === undefined) groups.set(root, [fact])
    else group.push(fact)
  }
  return groups
}

/** The object at the top of an id: itself, its table, or the table of its column. */
export function rootOf(base: FactBase, id: FactId): FactId {
  for (let at = id; ;) {
    const parent = base.facts.get(at)?.parent
    if (parent === undefined) return at
    at = parent
  }
}

/** A digest of all that a foreign key to a group can see: its keys with their columns. */
export function keysDigest({ facts }: FactGroup): string {
  const keys = facts.filter(isKey)
  const columns = new Set(keys.flatMap(columnsOf))
  return digestOf(
    facts.filter((fact) => fact.parent === undefined || keys.includes(fact) || (fact.kind === 'column' && columns.has(fact.name))),
  )
}

/** True for what a foreign key may point to. */
export function isKey(fact: AnyFact): boolean {
  if (fact.kind === 'index') return fact.payload.unique
  return fact.kind === 'constraint' && (fact.payload.type === 'primary' || fact.payload.type === 'unique')
}

/** The columns of a key. */
export function columnsOf(key: AnyFact): readonly string[] {
  if (key.kind === 'constraint') return key.payload.columns
  return key.kind === 'index' ? key.payload.keys.flatMap(({ column }) => (column === undefined ? [] : [column])) : []
}

function digestOf(facts: readonly AnyFact[]): string {
  const text = JSON.stringify(facts.map(({ id, payload, dependsOn, position }) => [id, payload, dependsOn, position]))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
