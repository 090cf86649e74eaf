import { sha256Hex } from '@yama/core'
import { childrenOf, rootOf } from '../facts/base-index.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { sameValue } from './same-value.ts'
import { stableText } from './stable-text.ts'

interface Rollup {
  readonly facts: readonly AnyFact[]
  readonly hash: string
}

const states = new WeakMap<FactBase, string>()
const rollups = new WeakMap<FactBase, ReadonlyMap<FactId, Rollup>>()
/** Two states of one schema have most tables in common: what is equal in the last one is not hashed again. */
let last: WeakRef<FactBase> | undefined

/** 32 hex digits over a fact's identity and payload. Position, origin and former names are not in it. */
export function factHash(fact: AnyFact): string {
  return sha256Hex(`${fact.id}\t${stableText(fact.payload)}`).slice(0, 32)
}

/** 32 hex digits over a fact and everything under it: equal exactly where a table and all its columns, constraints and indexes are. */
export function subtreeHash(base: FactBase, id: FactId): string | undefined {
  const fact = base.facts.get(id)
  if (fact === undefined) return undefined
  const known = rollups.get(base)?.get(id)
  if (known !== undefined) return known.hash
  const facts = [fact]
  for (let at = 0; at < facts.length; at++) facts.push(...childrenOf(base, (facts[at] as AnyFact).id))
  return rollup(facts, id, stableText)
}

/**
 * The schema's hash with its tag, `pg15:s1:0123456789abcdef`: a Merkle rollup, tables over their facts and the schema over its tables.
 * Equal under one tag exactly where `difference` finds nothing. Comments count; positions, origins, unmanaged objects, owners and the rows of lookup tables do not:
 * the hash of a live database is the same whoever reads it.
 */
export function stateHash(base: FactBase): string {
  const known = states.get(base)
  if (known !== undefined) return known
  const before = last?.deref()
  const hashed = before === undefined ? undefined : rollups.get(before)
  const own = new Map<FactId, Rollup>()
  const text = payloadTexts()
  const roots: string[] = []
  for (const [id, facts] of families(base)) {
    const same = hashed?.get(id)
    const hash = same !== undefined && sameFacts(same.facts, facts) ? same.hash : rollup(facts, id, text)
    own.set(id, { facts, hash })
    roots.push(`${id} ${hash}`)
  }
  const hash = `${base.tag}:${sha256Hex(roots.sort().join('\n')).slice(0, 16)}`
  states.set(base, hash)
  rollups.set(base, own)
  last = new WeakRef(base)
  return hash
}

/** The facts of each object, itself among them. */
function families(base: FactBase): ReadonlyMap<FactId, readonly AnyFact[]> {
  const found = new Map<FactId, AnyFact[]>()
  for (const fact of base.facts.values()) {
    if (isOnRequest(fact)) continue
    const root = fact.parent === undefined ? fact.id : rootOf(base, fact.parent)
    const family = found.get(root)
    if (family === undefined) found.set(root, [fact])
    else family.push(fact)
  }
  return found
}

const isOnRequest = ({ kind }: AnyFact): boolean => kind === 'rows' || kind === 'owner'

const sameFacts = (some: readonly AnyFact[], others: readonly AnyFact[]): boolean =>
  some.length === others.length &&
  some.every((fact, at) => {
    const other = others[at]
    return other !== undefined && fact.id === other.id && (fact.payload === other.payload || sameValue(fact.payload, other.payload))
  })

function rollup(facts: readonly AnyFact[], root: FactId, text: (payload: object) => string): string {
  let first = ''
  const lines: string[] = []
  for (const fact of facts) {
    if (isOnRequest(fact)) continue
    const { id, kind, payload } = fact
    const line = `${id}\t${text(kind === 'extension' ? { ...payload, version: undefined } : payload)}`
    if (id === root) first = line
    else lines.push(line)
  }
  return sha256Hex([first, ...lines.sort()].join('\n')).slice(0, 32)
}

const FEW = 1_000

/** Where a few payloads are those of many facts, each is written once. */
function payloadTexts(): (payload: object) => string {
  const texts = new Map<object, string>()
  let found = 0
  return (payload) => {
    if (texts.size >= FEW && found < texts.size) return stableText(payload)
    const known = texts.get(payload)
    if (known !== undefined) {
      found++
      return known
    }
    const text = stableText(payload)
    texts.set(payload, text)
    return text
  }
}
