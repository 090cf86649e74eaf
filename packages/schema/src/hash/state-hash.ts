import { sha256Hex } from '@yama/core'
import { childrenOf } from '../facts/base-index.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { stableText } from './stable-text.ts'

const states = new WeakMap<FactBase, string>()
const subtrees = new WeakMap<FactBase, Map<FactId, string>>()

/** 32 hex digits over a fact's identity and payload. Position, origin and former names are not in it. */
export function factHash(fact: AnyFact): string {
  return sha256Hex(line(fact)).slice(0, 32)
}

/** 32 hex digits over a fact and everything under it: equal exactly where a table and all its columns, constraints and indexes are. */
export function subtreeHash(base: FactBase, id: FactId): string | undefined {
  const fact = base.facts.get(id)
  if (fact === undefined) return undefined
  let known = subtrees.get(base)
  if (known === undefined) subtrees.set(base, (known = new Map()))
  const cached = known.get(id)
  if (cached !== undefined) return cached
  const lines = childrenOf(base, id).map(line).sort()
  const hash = sha256Hex([line(fact), ...lines].join('\n')).slice(0, 32)
  known.set(id, hash)
  return hash
}

/**
 * The schema's hash with its tag, `pg15:s1:0123456789abcdef`: a Merkle rollup, tables over their facts and the schema over its tables.
 * Equal under one tag exactly where `difference` finds nothing. Comments count; positions, origins and unmanaged objects do not.
 */
export function stateHash(base: FactBase): string {
  const known = states.get(base)
  if (known !== undefined) return known
  const roots: string[] = []
  for (const fact of base.facts.values()) if (fact.parent === undefined) roots.push(`${fact.id} ${subtreeHash(base, fact.id) ?? ''}`)
  const hash = `${base.tag}:${sha256Hex(roots.sort().join('\n')).slice(0, 16)}`
  states.set(base, hash)
  return hash
}

const line = (fact: AnyFact): string => `${fact.id}\t${stableText(fact.payload)}`
