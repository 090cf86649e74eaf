import type { AnyFact, Fact, FactId, FactKind, SchemaDialect } from '@yama/schema'
import type { Naming } from '../model/naming.ts'

/** The facts that are written, and the names that entities give them. */
export interface WriteContext {
  readonly dialect: SchemaDialect
  readonly naming: Naming
  readonly facts: ReadonlyMap<FactId, AnyFact>
  children<K extends FactKind>(parent: FactId, kind: K): readonly Fact<K>[]
  /** Entity of a table. */
  readonly entityNames: ReadonlyMap<FactId, string>
  /** Entry of a view that a file states. */
  readonly viewNames: ReadonlyMap<FactId, string>
  /** Field of a column. */
  readonly fieldNames: ReadonlyMap<FactId, string>
  /** Partitions that their parent lists, by the parent. */
  readonly listed: ReadonlyMap<FactId, readonly Fact<'table'>[]>
  /** Enum of a type: a name, or `inline`. */
  readonly enumNames: ReadonlyMap<FactId, { readonly name: string } | 'inline'>
}

export function childrenByParent(facts: Iterable<AnyFact>): WriteContext['children'] {
  const groups = new Map<string, AnyFact[]>()
  for (const fact of facts) {
    if (fact.parent === undefined) continue
    const key = `${fact.parent} ${fact.kind}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [fact])
    else group.push(fact)
  }
  const order = (a: AnyFact, b: AnyFact): number => (a.position ?? Infinity) - (b.position ?? Infinity) || (a.id < b.id ? -1 : 1)
  for (const [key, group] of groups)
    groups.set(key, key.endsWith(' column') ? group.toSorted(order) : group.toSorted((a, b) => (a.id < b.id ? -1 : 1)))
  return (parent, kind) => (groups.get(`${parent} ${kind}`) ?? []) as never
}
