import type { AnyFact, Fact, FactId, FactKind } from '@yama/schema'

const known = new WeakMap<ReadonlyMap<FactId, AnyFact>, ReadonlyMap<string, readonly AnyFact[]>>()

const nameOf = (fact: AnyFact): string => (fact.kind === 'function' ? fact.payload.name : fact.name)

function byName(facts: ReadonlyMap<FactId, AnyFact>): ReadonlyMap<string, readonly AnyFact[]> {
  const found = new Map<string, AnyFact[]>()
  for (const fact of facts.values()) {
    const key = `${fact.kind} ${nameOf(fact)}`
    const list = found.get(key)
    if (list === undefined) found.set(key, [fact])
    else list.push(fact)
  }
  return found
}

/** The other facts of these kinds that have the name, in whatever schema or on whatever table; overloads of a function have one name. */
export function namesakes<K extends FactKind>(facts: ReadonlyMap<FactId, AnyFact>, fact: AnyFact, kinds: readonly K[]): readonly Fact<K>[] {
  const index = known.get(facts) ?? byName(facts)
  known.set(facts, index)
  const same = kinds.flatMap((kind) => index.get(`${kind} ${nameOf(fact)}`) ?? [])
  return same.filter((each) => each.id !== fact.id) as unknown as readonly Fact<K>[]
}
