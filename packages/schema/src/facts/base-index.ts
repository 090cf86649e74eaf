import type { AnyFact, Fact, FactBase, FactId, FactKind } from './fact.ts'
import { kindFiles } from './kind-files.ts'
import type { FactScope, KindFile } from './kind-file.ts'

interface BaseIndex {
  children?: ReadonlyMap<FactId, readonly AnyFact[]>
  dependents?: ReadonlyMap<FactId, readonly FactId[]>
  readonly dependencies: Map<FactId, readonly FactId[]>
  scope?: FactScope
}

// Bases are immutable, so what is derived from one stays true as long as it lives.
const indexes = new WeakMap<FactBase, BaseIndex>()
const NONE: readonly never[] = Object.freeze([])

function indexOf(base: FactBase): BaseIndex {
  let index = indexes.get(base)
  if (index === undefined) indexes.set(base, (index = { dependencies: new Map() }))
  return index
}

/** Everything of a table or view, in order of position, then id. */
export function childrenOf(base: FactBase, parent: FactId): readonly AnyFact[] {
  const index = indexOf(base)
  index.children ??= groupChildren(base)
  return index.children.get(parent) ?? NONE
}

/** The children of one kind, in order of position, then id. */
export function childrenOfKind<K extends FactKind>(base: FactBase, parent: FactId, kind: K): readonly Fact<K>[] {
  return childrenOf(base, parent).filter((fact) => fact.kind === kind) as unknown as readonly Fact<K>[]
}

/** What a fact cannot exist without, its parent aside: what it states and what its payload mentions. */
export function dependenciesOf(base: FactBase, id: FactId): readonly FactId[] {
  const { dependencies } = indexOf(base)
  const known = dependencies.get(id)
  if (known !== undefined) return known
  const fact = base.facts.get(id)
  const found = fact === undefined ? NONE : collectDependencies(base, fact)
  dependencies.set(id, found)
  return found
}

/** The inverse of `dependenciesOf`. */
export function dependentsOf(base: FactBase, id: FactId): readonly FactId[] {
  const index = indexOf(base)
  index.dependents ??= groupDependents(base)
  return index.dependents.get(id) ?? NONE
}

/** The base as kind files see it. */
export function scopeOf(base: FactBase): FactScope {
  const index = indexOf(base)
  return (index.scope ??= { base, children: (parent) => childrenOf(base, parent) })
}

function groupChildren(base: FactBase): Map<FactId, AnyFact[]> {
  const groups = new Map<FactId, AnyFact[]>()
  for (const fact of base.facts.values()) if (fact.parent !== undefined) push(groups, fact.parent, fact)
  for (const group of groups.values()) {
    group.sort((a, b) => (a.position ?? Infinity) - (b.position ?? Infinity) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0))
  }
  return groups
}

function groupDependents(base: FactBase): Map<FactId, FactId[]> {
  const groups = new Map<FactId, FactId[]>()
  for (const id of base.facts.keys()) for (const dependency of dependenciesOf(base, id)) push(groups, dependency, id)
  return groups
}

function collectDependencies(base: FactBase, fact: AnyFact): readonly FactId[] {
  const file = kindFiles[fact.kind] as KindFile<FactKind>
  const mentioned = file.mentions(fact, scopeOf(base))
  if (mentioned.length === 0 && fact.dependsOn.length === 0) return NONE
  const isOther = (id: FactId): boolean => id !== fact.parent && id !== fact.id && base.facts.has(id)
  const [only] = mentioned
  // An index of one column is the commonest fact with a dependency.
  if (only !== undefined && mentioned.length === 1 && fact.dependsOn.every((id) => id === only)) return isOther(only) ? [only] : NONE
  return [...new Set([...fact.dependsOn, ...mentioned].filter(isOther))]
}

function push<V>(groups: Map<FactId, V[]>, key: FactId, value: V): void {
  const group = groups.get(key)
  if (group === undefined) groups.set(key, [value])
  else group.push(value)
}
