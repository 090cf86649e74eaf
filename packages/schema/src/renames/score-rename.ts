import { editDistance } from '@yama/core'
import { childrenOf } from '../facts/base-index.ts'
import type { AnyFact, Fact, FactBase } from '../facts/fact.ts'
import { sameValue } from '../hash/same-value.ts'

export interface RenameScore {
  /** 0 to 1. */
  readonly score: number
  readonly evidence: readonly string[]
}
const NONE: RenameScore = { score: 0, evidence: [] }

/** How likely the one became the other, and why a person might think so. */
export function scoreRename(from: AnyFact, to: AnyFact, before: FactBase, after: FactBase): RenameScore {
  // On SQLite and on some MySQL servers the two names are even the same object.
  if (from.kind === to.kind && from.name.toLowerCase() === to.name.toLowerCase())
    return { score: 0.95, evidence: ['same name but for the case of its letters'] }
  if (from.kind === 'column' && to.kind === 'column') return scoreColumn(from, to)
  if (from.kind === 'table' && to.kind === 'table') return scoreTable(from, to, before, after)
  if (from.kind === 'enum' && to.kind === 'enum') return scoreOverlap('values', from.payload.values, to.payload.values, from, to)
  if (from.kind === 'schema' && to.kind === 'schema')
    return scoreOverlap('objects', objectsIn(before, from.name), objectsIn(after, to.name), from, to)
  if (from.kind === to.kind && sameValue(from.payload, to.payload)) return { score: 0.9, evidence: ['same definition'] }
  return NONE
}

function scoreColumn(from: Fact<'column'>, to: Fact<'column'>): RenameScore {
  const evidence: string[] = []
  const likeness = nameLikeness(from.name, to.name)
  let score = 0.3 * likeness
  const add = (points: number, text: string): void => {
    score += points
    evidence.push(text)
  }
  const [old, now] = [from.payload, to.payload]
  if (old.type === now.type) add(0.35, `same type ${old.type}`)
  else if (baseType(old.type) === baseType(now.type)) add(0.25, `type ${old.type} is near ${now.type}`)
  else if (likeness < 0.6) return NONE
  if (old.notNull === now.notNull) score += 0.1
  if (from.position !== undefined && from.position === to.position) add(0.15, 'same place in the table')
  if (old.default !== undefined && old.default === now.default) add(0.1, `same default ${old.default}`)
  if (sameValue(old.identity, now.identity) && sameValue(old.generated, now.generated)) score += 0.1
  if (likeness >= 0.5) evidence.push('similar name')
  return { score: Math.min(1, round(score)), evidence }
}

function scoreTable(from: Fact<'table'>, to: Fact<'table'>, before: FactBase, after: FactBase): RenameScore {
  const typesOf = (base: FactBase, id: string): ReadonlyMap<string, string> =>
    new Map(childrenOf(base, id).flatMap((fact) => (fact.kind === 'column' ? [[fact.name, fact.payload.type] as const] : [])))
  const [old, now] = [typesOf(before, from.id), typesOf(after, to.id)]
  const named = [...old].filter(([name]) => now.has(name))
  const same = named.filter(([name, type]) => now.get(name) === type).length
  // Whoever renames a table may change a type on the way.
  const retyped = named.length - same
  const told = retyped === 0 ? [] : [`${retyped} more ${retyped === 1 ? 'has' : 'have'} the same name`]
  return scored('columns', same, retyped, Math.max(old.size, now.size), from, to, told)
}

function scoreOverlap(what: string, old: readonly string[], now: readonly string[], from: AnyFact, to: AnyFact): RenameScore {
  const known = new Set(now)
  const shared = old.filter((one) => known.has(one)).length
  return scored(what, shared, 0, Math.max(old.length, now.length), from, to)
}

/** `near` are alike in part, and count half. */
function scored(
  what: string,
  shared: number,
  near: number,
  all: number,
  from: AnyFact,
  to: AnyFact,
  told: readonly string[] = [],
): RenameScore {
  if (shared === 0 || all === 0) return NONE
  const likeness = nameLikeness(from.name, to.name)
  // A lone `id` in common says little; a similar name says something.
  const score = 0.85 * ((shared + near / 2) / all) + 0.15 * likeness
  const evidence = [`${shared} of ${all} ${what} are the same`, ...told, ...(likeness >= 0.5 ? ['similar name'] : [])]
  return { score: round(score), evidence }
}

function objectsIn(base: FactBase, schema: string): readonly string[] {
  return [...base.facts.values()]
    .filter((fact) => fact.schema === schema && fact.parent === undefined && fact.kind !== 'schema')
    .map((fact) => `${fact.kind} ${fact.name}`)
}

/** 1 for equal names; a name that contains the other counts as near: `phone` and `phone_number`. */
function nameLikeness(a: string, b: string): number {
  const near = 1 - editDistance(a.toLowerCase(), b.toLowerCase()) / Math.max(a.length, b.length, 1)
  return a.length >= 3 && b.length >= 3 && (a.includes(b) || b.includes(a)) ? Math.max(near, 0.7) : near
}

const baseType = (type: string): string => type.replace(/\(.*$/, '').trim()
const round = (value: number): number => Math.round(value * 100) / 100
