import type { AnyDelta, AttributeChange } from '../contract/delta.ts'
import type { AnyFact, FactBase } from '../facts/fact.ts'
import { kindRank } from '../facts/kind-files.ts'
import { sameValue } from '../hash/same-value.ts'

/**
 * What changes from one schema to the other, fact by fact: adds, drops, and alters with their attributes. Names are identity here, so a
 * rename is a drop and an add until `findRenames` says otherwise. Unmanaged objects take no part. Sorted by kind, then id.
 */
export function difference(before: FactBase, after: FactBase): AnyDelta[] {
  if (before === after) return []
  const deltas: AnyDelta[] = []
  let kept = 0
  for (const [id, from] of before.facts) {
    const to = after.facts.get(id)
    if (to === undefined) {
      deltas.push({ change: 'drop', kind: from.kind, id, from } as AnyDelta)
      continue
    }
    kept++
    if (from.payload === to.payload || sameValue(from.payload, to.payload)) continue
    deltas.push({ change: 'alter', kind: from.kind, id, from, to, attributes: changedAttributes(from, to) } as unknown as AnyDelta)
  }
  // Nothing was added where as many facts were kept as there are.
  if (kept < after.facts.size) {
    for (const [id, to] of after.facts) if (!before.facts.has(id)) deltas.push({ change: 'add', kind: to.kind, id, to } as AnyDelta)
  }
  return deltas.sort(compareDeltas)
}

function changedAttributes(before: AnyFact, after: AnyFact): AttributeChange[] {
  const from = before.payload as unknown as Readonly<Record<string, unknown>>
  const to = after.payload as unknown as Readonly<Record<string, unknown>>
  return [...new Set([...Object.keys(from), ...Object.keys(to)])]
    .filter((attribute) => !sameValue(from[attribute], to[attribute]))
    .map((attribute) => ({ attribute, from: from[attribute], to: to[attribute] }))
}

function compareDeltas(a: AnyDelta, b: AnyDelta): number {
  return kindRank(a.kind) - kindRank(b.kind) || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0)
}
