import { parseFactId, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { defaultSequenceName } from '../types/default-name.ts'

export interface SequenceName {
  readonly schema: string
  readonly name: string
}

/** The sequence of an identity or serial column. */
export function sequenceOf(column: Fact<'column'>): SequenceName {
  const { schema, table } = parseFactId(column.id)
  return { schema, name: column.payload.identity?.sequence ?? defaultSequenceName(table ?? '', column.name) }
}

const key = ({ schema, name }: SequenceName): string => `${schema}\0${name}`
const serials = new WeakMap<FactBase, ReadonlyMap<string, Fact<'column'>>>()

/** The serial column whose sequence has this name, where there is one. */
export function serialOf(base: FactBase, sequence: SequenceName): Fact<'column'> | undefined {
  let known = serials.get(base)
  if (known === undefined) {
    known = new Map(
      [...base.facts.values()].flatMap((fact) =>
        fact.kind === 'column' && fact.payload.identity?.mode === 'serial' ? [[key(sequenceOf(fact)), fact] as const] : [],
      ),
    )
    serials.set(base, known)
  }
  return known.get(key(sequence))
}

const owned = new WeakMap<FactBase, ReadonlyMap<FactId, readonly FactId[]>>()

function ownedIn(base: FactBase): ReadonlyMap<FactId, readonly FactId[]> {
  const known = owned.get(base)
  if (known !== undefined) return known
  const found = new Map<FactId, FactId[]>()
  for (const fact of base.facts.values()) {
    if (fact.kind === 'sequence' && fact.payload.ownedBy !== undefined)
      found.set(fact.payload.ownedBy, [...(found.get(fact.payload.ownedBy) ?? []), fact.id])
  }
  owned.set(base, found)
  return found
}

/** Sequences that go when any of these columns goes, because they belong to it. */
export function takenAlong(columns: readonly FactId[], context: RuleContext): readonly FactId[] {
  const sequences = ownedIn(context.before)
  return columns.flatMap((column) => sequences.get(column) ?? []).filter((id) => context.isDropped(id))
}

const holders = new WeakMap<FactBase, ReadonlyMap<string, readonly FactId[]>>()

/** Columns and sequences that have this name: where they go or get another one, it is free afterwards. */
export function holdersOf(base: FactBase, sequence: SequenceName): readonly FactId[] {
  let known = holders.get(base)
  if (known === undefined) {
    const found = new Map<string, FactId[]>()
    for (const fact of base.facts.values()) {
      const isHolder = fact.kind === 'sequence' || (fact.kind === 'column' && fact.payload.identity !== undefined)
      const name = isHolder ? key(fact.kind === 'column' ? sequenceOf(fact) : fact) : undefined
      if (name !== undefined) found.set(name, [...(found.get(name) ?? []), fact.id])
    }
    known = found
    holders.set(base, known)
  }
  return known.get(key(sequence)) ?? []
}
