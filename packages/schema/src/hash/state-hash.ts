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
  const lines: string[] = []
  for (const pending = [...childrenOf(base, id)]; pending.length > 0;) {
    const next = pending.pop() as AnyFact
    lines.push(line(next))
    pending.push(...childrenOf(base, next.id))
  }
  const hash = rollup(fact, lines)
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
  const members = new Map<FactId, string[]>()
  for (const fact of base.facts.values()) {
    if (fact.parent === undefined) {
      if (!members.has(fact.id)) members.set(fact.id, [])
      continue
    }
    const root = rootId(base, fact.parent)
    const lines = members.get(root)
    if (lines === undefined) members.set(root, [line(fact)])
    else lines.push(line(fact))
  }
  const roots: string[] = []
  for (const [id, lines] of members) {
    const fact = base.facts.get(id)
    if (fact !== undefined) roots.push(`${id} ${rollup(fact, lines)}`)
  }
  const hash = `${base.tag}:${sha256Hex(roots.sort().join('\n')).slice(0, 16)}`
  states.set(base, hash)
  return hash
}

/** The object at the top: a table, for privileges on the sequence of its column too. */
function rootId(base: FactBase, id: FactId): FactId {
  for (let at = id; ;) {
    const parent = base.facts.get(at)?.parent
    if (parent === undefined) return at
    at = parent
  }
}

const rollup = (fact: AnyFact, lines: string[]): string => sha256Hex([line(fact), ...lines.sort()].join('\n')).slice(0, 32)

// Payloads are immutable, and those of two states of one schema are often the very same.
const texts = new WeakMap<object, string>()

function line({ id, payload }: AnyFact): string {
  let text = texts.get(payload)
  if (text === undefined) texts.set(payload, (text = stableText(payload)))
  return `${id}\t${text}`
}
