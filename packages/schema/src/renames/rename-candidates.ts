import type { RenameCandidate } from '../contract/delta.ts'
import type { AnyFact, FactBase, FactId, FactKind } from '../facts/fact.ts'
import type { RenamedFacts } from './rename-facts.ts'
import { scoreRename } from './score-rename.ts'

const ASKED: readonly FactKind[] = ['schema', 'enum', 'sequence', 'table', 'view', 'column']
// Beyond this many pairs in one place nobody would answer the questions, and the work would not be linear any more.
const MOST_PAIRS = 40_000
const LEAST_SCORE = 0.5

/**
 * Drops and adds that may be renames, best first, each with its evidence: questions, never answers. `renamed` is the old base
 * with everything already known applied; what is reported is the fact as it stands in `before`.
 */
export function renameCandidates(before: FactBase, renamed: RenamedFacts, after: FactBase): RenameCandidate[] {
  const places = new Map<string, { readonly gone: AnyFact[]; readonly added: AnyFact[] }>()
  const placeOf = (fact: AnyFact): { readonly gone: AnyFact[]; readonly added: AnyFact[] } => {
    const key = `${fact.kind} ${fact.parent ?? ''}`
    const place = places.get(key) ?? { gone: [], added: [] }
    places.set(key, place)
    return place
  }
  for (const fact of renamed.base.facts.values()) if (isOpen(fact, after)) placeOf(fact).gone.push(fact)
  for (const fact of after.facts.values()) if (isOpen(fact, renamed.base)) placeOf(fact).added.push(fact)
  const pairs = [...places.values()].filter(
    ({ gone, added }) => gone.length > 0 && added.length > 0 && gone.length * added.length <= MOST_PAIRS,
  )
  const origin = new Map<FactId, AnyFact>()
  if (pairs.length > 0) for (const fact of before.facts.values()) origin.set(renamed.id(fact.id), fact)
  const candidates: RenameCandidate[] = []
  for (const { gone, added } of pairs) {
    for (const from of gone) {
      for (const to of added) {
        const { score, evidence } = scoreRename(from, to, renamed.base, after)
        if (score >= LEAST_SCORE)
          candidates.push({ kind: from.kind, from: origin.get(from.id) ?? from, to, score, evidence, ambiguous: false })
      }
    }
  }
  return markAmbiguous(candidates)
}

/** A fact without a counterpart whose table has one: the columns of a table that goes are no question of their own. */
function isOpen(fact: AnyFact, other: FactBase): boolean {
  return !other.facts.has(fact.id) && ASKED.includes(fact.kind) && (fact.parent === undefined || other.facts.has(fact.parent))
}

function markAmbiguous(candidates: readonly RenameCandidate[]): RenameCandidate[] {
  const mentions = new Map<AnyFact, number>()
  for (const { from, to } of candidates) for (const fact of [from, to]) mentions.set(fact, (mentions.get(fact) ?? 0) + 1)
  return candidates
    .map((candidate) => ({ ...candidate, ambiguous: (mentions.get(candidate.from) ?? 0) > 1 || (mentions.get(candidate.to) ?? 0) > 1 }))
    .sort((a, b) => b.score - a.score || (a.from.id + a.to.id < b.from.id + b.to.id ? -1 : 1))
}
