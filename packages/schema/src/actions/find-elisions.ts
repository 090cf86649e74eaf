import type { RuleContext, SchemaDialect } from '../contract/schema-dialect.ts'
import { dependenciesOf } from '../facts/base-index.ts'
import { objectId } from '../facts/fact-id.ts'
import type { AnyFact, Fact, FactId } from '../facts/fact.ts'

/**
 * Facts whose drop needs no action of its own, because their table or view goes: id → what takes them along.
 * Not what reads other things that go. Foreign keys between dropped tables that refer to each other in a circle are not among them, unless foreign keys are inline.
 */
export function findElisions(dialect: SchemaDialect, context: RuleContext): ReadonlyMap<FactId, FactId> {
  const elided = new Map<FactId, FactId>()
  const keys: Fact<'constraint'>[] = []
  for (const id of context.deltas.keys()) {
    const fact = context.before.facts.get(id)
    if (fact?.parent === undefined || !context.isDropped(id) || !context.isDropped(fact.parent)) continue
    if (holdsOthers(fact, context)) continue
    elided.set(id, fact.parent)
    if (fact.kind === 'constraint' && fact.payload.references !== undefined) keys.push(fact)
  }
  if (dialect.foreignKeysInline !== true) for (const id of circularKeys(keys, context)) elided.delete(id)
  return elided
}

/** What a policy or rule reads may stand on its very table: then it goes first, and the rest follows. */
function holdsOthers(fact: AnyFact, context: RuleContext): boolean {
  if (fact.kind !== 'policy' && fact.kind !== 'rule') return false
  return dependenciesOf(context.before, fact.id).some((id) => {
    const kind = context.before.facts.get(id)?.kind
    return context.isDropped(id) && (kind === 'view' || kind === 'function' || kind === 'table')
  })
}

function circularKeys(keys: readonly Fact<'constraint'>[], context: RuleContext): readonly FactId[] {
  let edges = keys
    .map((fact) => ({ id: fact.id, from: fact.parent ?? '', to: target(fact) }))
    .filter(({ from, to }) => from !== to && context.isDropped(to))
  // Peel off what nothing in the rest refers to and what refers to nothing: circles, and what lies between two of them, remain.
  for (let size = -1; size !== edges.length;) {
    size = edges.length
    const sources = new Set(edges.map(({ from }) => from))
    const targets = new Set(edges.map(({ to }) => to))
    edges = edges.filter(({ from, to }) => targets.has(from) && sources.has(to))
  }
  return edges.map(({ id }) => id)
}

function target(fact: Fact<'constraint'>): FactId {
  const reference = fact.payload.references
  return reference === undefined ? '' : objectId('table', reference.schema, reference.table)
}
