import type { AnyFact, Fact, FactBase, FactId, FactKind } from './fact.ts'
import { kindFiles } from './kind-files.ts'
import type { FactScope, KindFile } from './kind-file.ts'
import { columnOf, objectId } from './fact-id.ts'
import { ancestors } from './own-or-inherited.ts'
import { typeMentions } from './type-mentions.ts'

interface BaseIndex {
  children?: ReadonlyMap<FactId, readonly AnyFact[]>
  families?: ReadonlyMap<FactId, readonly AnyFact[]>
  /** By the object at the top, for all that is under it. */
  readonly dependents: Map<FactId, ReadonlyMap<FactId, readonly FactId[]>>
  readonly dependencies: Map<FactId, readonly FactId[]>
  scope?: FactScope
}

// Bases are immutable, so what is derived from one stays true as long as it lives.
const indexes = new WeakMap<FactBase, BaseIndex>()
const NONE: readonly never[] = Object.freeze([])

function indexOf(base: FactBase): BaseIndex {
  let index = indexes.get(base)
  if (index === undefined) indexes.set(base, (index = { dependencies: new Map(), dependents: new Map() }))
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
  if (!base.facts.has(id)) return NONE
  const index = indexOf(base)
  const root = rootOf(base, id)
  let known = index.dependents.get(root)
  if (known === undefined) {
    index.families ??= groupFamilies(base)
    index.dependents.set(root, (known = groupDependents(base, index.families.get(root) ?? NONE, root)))
  }
  return known.get(id) ?? NONE
}

/** The object at the top of a fact of the base: itself, its table, or the table of its column. */
export function rootOf(base: FactBase, id: FactId): FactId {
  for (let at = id; ;) {
    const parent = base.facts.get(at)?.parent
    if (parent === undefined) return at
    at = parent
  }
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

/** Of each object everything under it, and every fact elsewhere that may need any of that: in the order of the base, more rather than fewer. */
function groupFamilies(base: FactBase): Map<FactId, AnyFact[]> {
  const families = new Map<FactId, AnyFact[]>()
  const familyOf = (root: FactId): AnyFact[] => {
    let family = families.get(root)
    if (family === undefined) families.set(root, (family = []))
    return family
  }
  let parent: FactId | undefined
  let root: FactId = ''
  let own: AnyFact[] = []
  let isPlain = true
  // What nearly everything reads: columns of its own table, known by their ids without asking for them.
  let columns = ''
  for (const fact of base.facts.values()) {
    // Members of one table follow each other.
    if (fact.parent === undefined || fact.parent !== parent) {
      root = fact.parent === undefined ? fact.id : rootOf(base, fact.parent)
      own = familyOf(root)
      isPlain = !isFamily(base.facts.get(root))
      columns = columnOf(root, '')
    }
    parent = fact.parent ?? fact.id
    own.push(fact)
    for (const id of isPlain ? readsElsewhere(base, fact) : dependenciesOf(base, fact.id)) {
      if (id.startsWith(columns)) continue
      const needed = rootOf(base, id)
      if (needed === root) continue
      const family = familyOf(needed)
      if (family[family.length - 1] !== fact) family.push(fact)
    }
  }
  return families
}

/** The plainest members, which are nearly all there are, name columns of their own table and little else. */
function readsElsewhere(base: FactBase, fact: AnyFact): readonly FactId[] {
  if (fact.kind === 'index') return fact.dependsOn
  if (fact.kind === 'constraint') {
    const { references } = fact.payload
    if (references === undefined) return fact.dependsOn
    const target = objectId('table', references.schema, references.table)
    return base.facts.has(target) ? [...fact.dependsOn, target, ...ancestors(base, target)] : fact.dependsOn
  }
  if (fact.kind !== 'column') return dependenciesOf(base, fact.id)
  const types = typeMentions(fact.payload.type, fact.schema, base)
  return types.length === 0 ? fact.dependsOn : [...fact.dependsOn, ...types]
}

/** True for a table that has columns from others. */
const isFamily = (fact: AnyFact | undefined): boolean =>
  fact?.kind === 'table' && (fact.payload.partitionOf !== undefined || fact.payload.inherits !== undefined)

function groupDependents(base: FactBase, family: readonly AnyFact[], root: FactId): Map<FactId, FactId[]> {
  const groups = new Map<FactId, FactId[]>()
  for (const { id } of family)
    for (const dependency of dependenciesOf(base, id)) if (rootOf(base, dependency) === root) push(groups, dependency, id)
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
