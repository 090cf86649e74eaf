import type { AnyFact, FactId, FactKind } from '@yama/schema'

/** Whether other facts have the name of one: in its schema, and in any other one. Overloads of a function have one name. */
export interface Namesakes {
  readonly here: boolean
  readonly elsewhere: boolean
}

/** How many facts of each schema have a name, by kind and name. */
type Counts = ReadonlyMap<string, ReadonlyMap<string, number>>

const known = new WeakMap<ReadonlyMap<FactId, AnyFact>, Counts>()

const keyOf = (kind: FactKind, fact: AnyFact): string => `${kind} ${fact.kind === 'function' ? fact.payload.name : fact.name}`

function count(facts: ReadonlyMap<FactId, AnyFact>): Counts {
  const counts = new Map<string, Map<string, number>>()
  for (const fact of facts.values()) {
    const key = keyOf(fact.kind, fact)
    const schemas = counts.get(key) ?? new Map<string, number>()
    counts.set(key, schemas.set(fact.schema, (schemas.get(fact.schema) ?? 0) + 1))
  }
  return counts
}

/** Asked for each entry: thousands of triggers may have one name, so they are counted once. */
export function namesakes(facts: ReadonlyMap<FactId, AnyFact>, fact: AnyFact, kinds: readonly FactKind[] = [fact.kind]): Namesakes {
  const counts = known.get(facts) ?? count(facts)
  known.set(facts, counts)
  const found = kinds.map((kind) => counts.get(keyOf(kind, fact)) ?? new Map<string, number>())
  const here = found.reduce((sum, schemas) => sum + (schemas.get(fact.schema) ?? 0), 0)
  return { here: here > 1, elsewhere: found.some((schemas) => schemas.size > (schemas.has(fact.schema) ? 1 : 0)) }
}

/** True where any other fact has the name. */
export function sharesName(...asked: Parameters<typeof namesakes>): boolean {
  const { here, elsewhere } = namesakes(...asked)
  return here || elsewhere
}
