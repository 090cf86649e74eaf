import { objectId, type AnyFact, type FactBase, type FactId } from '@yama/schema'
import { rootOf, type FactGroup } from './fact-groups.ts'

/** What a group needs of others. */
export interface GroupReferences {
  /** Groups whose name stands in a type, an expression or a query, or which a fact depends on. More than there are, never fewer. */
  readonly reads: ReadonlySet<FactId>
  /** Tables that a foreign key points to: of them only columns and keys matter. */
  readonly keys: ReadonlySet<FactId>
}

/** Groups by the word that names them in SQL; groups without such a word have none. */
export type GroupsByWord = ReadonlyMap<string, readonly FactId[]>

const WORD = /[\p{L}_][\p{L}\p{N}_$]*/gu
const ONE_WORD = /^[\p{L}_][\p{L}\p{N}_$]*$/u

/** The word by which others name an object; undefined where it is not one word. */
export function wordOf(group: FactGroup): string | undefined {
  const root = group.facts.find((fact) => fact.id === group.root)
  const name = root?.kind === 'function' ? root.payload.name : (root?.name ?? '')
  return ONE_WORD.test(name) ? name.toLowerCase() : undefined
}

/** What some facts name, whatever groups there are. */
export interface Mentions {
  /** Words of their types, expressions and queries, in lower case. */
  readonly words: readonly string[]
  /** Groups that they state to depend on. */
  readonly needs: readonly FactId[]
  /** Tables that their foreign keys point to. */
  readonly points: readonly FactId[]
}

/** Reads what some facts name. */
export function mentionsOf(facts: readonly AnyFact[], base: FactBase): Mentions {
  const words = new Set<string>()
  const needs = new Set<FactId>()
  const points = new Set<FactId>()
  for (const fact of facts) {
    for (const id of fact.dependsOn) needs.add(rootOf(base, id))
    if (fact.kind === 'constraint' && fact.payload.references !== undefined)
      points.add(objectId('table', fact.payload.references.schema, fact.payload.references.table))
    for (const text of textsOf(fact)) for (const [word] of text.matchAll(WORD)) words.add(word.toLowerCase())
  }
  return { words: [...words], needs: [...needs], points: [...points] }
}

/** The references that lie in what a group names. */
export function referencesOf({ words, needs, points }: Mentions, root: FactId, byWord: GroupsByWord): GroupReferences {
  const reads = new Set(needs)
  const keys = new Set(points)
  for (const word of words) for (const id of byWord.get(word) ?? []) reads.add(id)
  reads.delete(root)
  keys.delete(root)
  return { reads, keys }
}

/** Members of a payload that name parts of the same table, or are words of Yama's own. */
const OWN_NAMES: { readonly [K in AnyFact['kind']]?: ReadonlySet<string> } = {
  column: new Set(['comment', 'mode']),
  constraint: new Set(['type', 'columns', 'include', 'references', 'deferrable', 'comment']),
  index: new Set(['column', 'include', 'method', 'nulls', 'comment']),
  table: new Set(['comment']),
}
const NONE: ReadonlySet<string> = new Set()

function textsOf(fact: AnyFact): readonly string[] {
  const texts: string[] = []
  collect(fact.payload, OWN_NAMES[fact.kind] ?? NONE, texts)
  return texts
}

function collect(value: unknown, skipped: ReadonlySet<string>, into: string[]): void {
  if (typeof value === 'string') into.push(value)
  else if (typeof value === 'object' && value !== null)
    for (const [key, member] of Object.entries(value)) if (!skipped.has(key)) collect(member, skipped, into)
}
