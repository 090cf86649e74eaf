import { createHash } from 'node:crypto'
import type { AnyFact, FactBase, FactId, FactKind } from '@yama/schema'

/** An object with everything under it: a table with its columns, keys, indexes, triggers and grants. */
export interface FactGroup {
  readonly root: FactId
  readonly kind: FactKind
  readonly facts: readonly AnyFact[]
  /** Equal exactly where what is stated is equal; places and former names are not in it. */
  readonly digest: string
  /** The same for all that a foreign key to it can see: its keys with their columns. */
  readonly keys: string
}

/** The facts of a schema by the object at their top, in the order of the base. */
export function factGroups(base: FactBase): ReadonlyMap<FactId, FactGroup> {
  const groups = new Map<FactId, AnyFact[]>()
  for (const fact of base.facts.values()) {
    const root = rootOf(base, fact)
    const group = groups.get(root.id)
    if (group === undefined) groups.set(root.id, [fact])
    else group.push(fact)
  }
  return new Map(
    [...groups].map(([root, facts]) => {
      const kind = root.slice(0, root.indexOf(':')) as FactKind
      return [root, { root, kind, facts, digest: digestOf(facts), keys: digestOf(keyFacts(facts)) }]
    }),
  )
}

/** The object at the top of a fact: itself, its table, or the table of its column. */
export function rootOf(base: FactBase, fact: AnyFact): AnyFact {
  let root = fact
  for (let parent = root.parent; parent !== undefined; parent = root.parent) {
    const above = base.facts.get(parent)
    if (above === undefined) break
    root = above
  }
  return root
}

function keyFacts(facts: readonly AnyFact[]): readonly AnyFact[] {
  const keys = facts.filter(isKey)
  const columns = new Set(keys.flatMap(columnsOf))
  return facts.filter((fact) => fact.parent === undefined || keys.includes(fact) || (fact.kind === 'column' && columns.has(fact.name)))
}

/** True for what a foreign key may point to. */
export function isKey(fact: AnyFact): boolean {
  if (fact.kind === 'index') return fact.payload.unique
  return fact.kind === 'constraint' && (fact.payload.type === 'primary' || fact.payload.type === 'unique')
}

function columnsOf(key: AnyFact): readonly string[] {
  if (key.kind === 'constraint') return key.payload.columns
  return key.kind === 'index' ? key.payload.keys.flatMap(({ column }) => (column === undefined ? [] : [column])) : []
}

function digestOf(facts: readonly AnyFact[]): string {
  const text = JSON.stringify(facts.map(({ id, payload, dependsOn, position }) => [id, payload, dependsOn, position]))
  return createHash('sha256').update(text).digest('base64url').slice(0, 22)
}
