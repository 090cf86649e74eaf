import { difference, factBase, stateHash, type FactBase } from '@yama/schema'

/** One thing that two versions say differently; `what` is the fact's kind and attribute. */
export interface VersionDifference {
  readonly what: string
  readonly id: string
  readonly from: unknown
  readonly to: unknown
}

/** The same facts under a tag without the version, so that two versions can be compared at all. */
export const untagged = (base: FactBase): FactBase => factBase('pg', [...base.facts.values()], base.unmanaged)

/** The hash without the version in its tag. */
export const untaggedHash = (base: FactBase): string => stateHash(untagged(base))

/** What differs in payloads, dependencies and unmanaged objects. Empty exactly where the hashes, the dependencies and what is named beside them are equal. */
export function versionDifferences(from: FactBase, to: FactBase): readonly VersionDifference[] {
  const facts = difference(untagged(from), untagged(to)).flatMap((delta): readonly VersionDifference[] => {
    switch (delta.change) {
      case 'alter':
        return delta.attributes.map((change) => ({
          what: `${delta.kind}.${change.attribute}`,
          id: delta.id,
          from: change.from,
          to: change.to,
        }))
      case 'add':
        return [{ what: `${delta.kind} only there`, id: delta.id, from: undefined, to: delta.to.payload }]
      case 'drop':
        return [{ what: `${delta.kind} only here`, id: delta.id, from: delta.from.payload, to: undefined }]
      case 'rename':
        return []
    }
  })
  const needs = [...from.facts.values()].flatMap((fact) => {
    const other = to.facts.get(fact.id)
    if (other === undefined || String(fact.dependsOn) === String(other.dependsOn)) return []
    return [{ what: `${fact.kind} dependsOn`, id: fact.id, from: fact.dependsOn, to: other.dependsOn }]
  })
  return [...facts, ...needs, ...unmanagedDifferences(from, to)]
}

function unmanagedDifferences(from: FactBase, to: FactBase): readonly VersionDifference[] {
  const byName = (base: FactBase): ReadonlyMap<string, string> =>
    new Map(
      base.unmanaged.map((each) => [
        `${each.kind} ${each.name}`,
        JSON.stringify([each.reason, each.table, each.definition, [...each.dependsOn].sort()]),
      ]),
    )
  const [left, right] = [byName(from), byName(to)]
  return [...new Set([...left.keys(), ...right.keys()])]
    .filter((name) => left.get(name) !== right.get(name))
    .map((name) => ({ what: `unmanaged ${name.split(' ')[0] ?? ''}`, id: name, from: left.get(name), to: right.get(name) }))
}
