import type { AlterDelta, Fact, FactId, FactKind, Replacement, RuleContext } from '@yama/schema'
import { printedType } from '../types/printed-type.ts'
import { holdersOf } from './columns-of-type.ts'
import { needsSwap } from './needs-swap.ts'
import { isTakenOver } from './other-kind.ts'
import { sameFamily } from './column-type.ts'
import { attributesFollow } from './composite-type.ts'
import { canReplaceFunction } from './function.ts'
import { grantStays } from './grant.ts'
import { policyStays } from './policy.ts'
import { publicationStays } from './publication.ts'
import { rootsLeft } from './attached-names.ts'
import { referringKeys } from './referring-keys.ts'
import { isMadeAnew, partitionsThatStay } from './repartition.ts'
import { columnsReturnedNoMore } from './returned-rows.ts'
import { needsNewType } from './swap-type.ts'
import { canReplace } from './view.ts'

const ITSELF: Replacement = { self: true, dependents: [] }

/** Attributes of a constraint or an index that change while it stays. */
const INDEX_IN_PLACE: ReadonlySet<string> = new Set(['comment', 'options'])

/** What PostgreSQL can only change by making it again, and what must not stand in the way meanwhile. */
export function replaces(delta: AlterDelta, context: RuleContext): Replacement | undefined {
  switch (delta.kind) {
    case 'column':
      return columnReplacement(delta, context)
    case 'table':
      return isMadeAnew(delta.from, delta.to, context)
        ? { ...ITSELF, tables: partitionsThatStay(delta.id, context) }
        : { self: false, dependents: [...rootsLeft(delta.from, delta.to, context), ...keysThroughMove(delta, context)] }
    case 'enum':
      return needsSwap(delta.from, delta.to) ? { self: false, dependents: typeHolders(delta.id, context) } : undefined
    case 'index':
      return delta.attributes.every(({ attribute }) => INDEX_IN_PLACE.has(attribute)) &&
        delta.from.payload.options['only'] === delta.to.payload.options['only']
        ? undefined
        : ITSELF
    case 'constraint':
      return constraintStays(
        delta.from,
        delta.to,
        delta.attributes.map(({ attribute }) => attribute),
      )
        ? undefined
        : ITSELF
    case 'view':
      return viewStays(delta.from, delta.to) ? undefined : ITSELF
    case 'function':
      return canReplaceFunction(delta.from, delta.to) && columnsReturnedNoMore(delta.to, context).length === 0 ? undefined : ITSELF
    case 'grant':
      return grantStays(delta.from, delta.to, context) ? undefined : ITSELF
    case 'policy':
      return policyStays(delta.from, delta.to) ? undefined : ITSELF
    case 'compositeType':
      if (!attributesFollow(delta.from.payload, delta.to.payload) || isRetypedInside(delta, context)) return ITSELF
      // No attribute comes or goes while there are tables of the type.
      return delta.attributes.some(({ attribute }) => attribute === 'attributes') ? { self: false, dependents: [] } : undefined
    case 'publication':
      return publicationStays(delta.from.payload, delta.to.payload) ? undefined : ITSELF
    case 'trigger':
    case 'rule':
    case 'rangeType':
    case 'statistics':
    case 'eventTrigger':
    case 'object':
    case 'domain':
      if (needsNewType(delta, context)) return { self: false, dependents: typeHolders(delta.id, context) }
      return delta.attributes.every(
        ({ attribute, to }) => IN_PLACE[delta.kind].has(attribute) && !(attribute === 'version' && to === undefined),
      )
        ? undefined
        : ITSELF
    default:
      return undefined
  }
}

/** The server lets no partition out to which rows refer, although it comes back with other bounds. */
function keysThroughMove({ from, to }: Extract<AlterDelta, { kind: 'table' }>, context: RuleContext): readonly FactId[] {
  const [old, now] = [from.payload.partitionOf, to.payload.partitionOf]
  return old === undefined || old.table !== now?.table || old.bound === now.bound ? [] : referringKeys(old.table, context)
}

/** Attributes that change while the object stays. */
const IN_PLACE = {
  trigger: new Set(['enabled', 'partitions', 'comment']),
  rule: new Set(['enabled', 'comment']),
  rangeType: new Set(['comment']),
  statistics: new Set(['target', 'comment']),
  eventTrigger: new Set(['enabled', 'comment']),
  // A version is changed in place, but not taken away.
  object: new Set(['options', 'version', 'comment', 'columns']),
  domain: new Set(['default', 'notNull', 'notNullName', 'notNullComment', 'checks', 'comment']),
} as const satisfies Partial<Record<FactKind, ReadonlySet<string>>>

/** The server changes the type of no attribute of which there are values in tables. */
function isRetypedInside({ id, from, to }: Extract<AlterDelta, { kind: 'compositeType' }>, context: RuleContext): boolean {
  const types = new Map(from.payload.attributes.map(({ name, type, collation }) => [name, `${type}\0${collation ?? ''}`]))
  const retyped = to.payload.attributes.some(
    ({ name, type, collation }) => (types.get(name) ?? `${type}\0${collation ?? ''}`) !== `${type}\0${collation ?? ''}`,
  )
  return retyped && isHeld(id, context)
}

function isHeld(id: FactId, context: RuleContext): boolean {
  return context.dependents(id, 'before').some((dependent) => {
    const kind = context.before.facts.get(dependent)?.kind
    if (kind === 'column') return !context.isDropped(dependent)
    return (kind === 'compositeType' || kind === 'domain' || kind === 'rangeType') && isHeld(dependent, context)
  })
}

function viewStays(from: Fact<'view'>, to: Fact<'view'>): boolean {
  if (from.payload.materialized !== to.payload.materialized) return false
  if (canReplace(from.payload, to.payload)) return true
  const outline = (view: Fact<'view'>): string =>
    JSON.stringify([view.payload.query, view.payload.columns.map(({ name, type }) => [name, type])])
  return outline(from) === outline(to)
}

function constraintStays(from: Fact<'constraint'>, to: Fact<'constraint'>, attributes: readonly string[]): boolean {
  return attributes.every((attribute) => {
    if (attribute === 'comment') return true
    if (attribute === 'notValid') return from.payload.notValid === true
    // Only a foreign key's timing can be altered.
    if (attribute === 'deferrable') return to.payload.type === 'foreign'
    if (attribute !== 'options') return false
    return (
      from.payload.options['tablespace'] === to.payload.options['tablespace'] &&
      from.payload.options['notEnforced'] === to.payload.options['notEnforced'] &&
      from.payload.options['temporal'] === to.payload.options['temporal'] &&
      from.payload.options['only'] === to.payload.options['only']
    )
  })
}

function columnReplacement(delta: Extract<AlterDelta, { kind: 'column' }>, context: RuleContext): Replacement | undefined {
  const [from, to] = [delta.from.payload, delta.to.payload]
  if (from.generated !== undefined || to.generated !== undefined) {
    // An expression goes away in place; it comes in place only where there was one, and only since 17.
    const leaves = to.generated === undefined && from.generated?.stored === true
    const unchanged = from.generated?.expression === to.generated?.expression && from.generated?.stored === to.generated?.stored
    const rewritten =
      from.generated !== undefined &&
      to.generated !== undefined &&
      from.generated.stored === to.generated.stored &&
      context.server.major >= 17 &&
      from.type === to.type &&
      (from.generated.stored || !hasChecks(delta, context))
    if (!leaves && !unchanged && !rewritten) return ITSELF
  }
  if (from.type === to.type && from.collation === to.collation) return undefined
  return { self: false, dependents: typeDependents(delta.id, sameFamily(printedType(from.type), printedType(to.type)), context) }
}

/** PostgreSQL 18 refuses a new expression for a virtual column where the table has a check: it cannot look at the rows again. */
function hasChecks({ from, to }: Extract<AlterDelta, { kind: 'column' }>, context: RuleContext): boolean {
  const checks = (table: FactId | undefined, base: 'before' | 'after'): boolean =>
    table !== undefined && context.children(table, 'constraint', base).some(({ payload }) => payload.type === 'check')
  return checks(from.parent, 'before') || checks(to.parent, 'after')
}

/** The server refuses another type for a column that one of these reads. */
const HELD_BY: ReadonlySet<FactKind> = new Set<FactKind>(['view', 'function', 'trigger', 'rule', 'policy', 'publication'])

/** The server makes plain indexes and keys anew by itself, but refuses or misreads whatever holds an expression over the column. */
function typeDependents(column: FactId, related: boolean, context: RuleContext): readonly FactId[] {
  return context.dependents(column, 'before').filter((id) => {
    const fact = context.before.facts.get(id)
    if (fact === undefined) return false
    if (HELD_BY.has(fact.kind)) return true
    if (fact.kind === 'column') return fact.payload.generated !== undefined
    if (fact.kind === 'constraint')
      return fact.payload.type === 'check' || fact.payload.type === 'exclusion' || (fact.payload.type === 'foreign' && !related)
    if (fact.kind !== 'index') return false
    return (
      fact.payload.where !== undefined ||
      fact.payload.keys.some((key) => key.expression !== undefined || (!related && key.operatorClass !== undefined))
    )
  })
}

/** What holds on to types that give way to one of another kind. */
export const holdersOfTakenOver = (context: RuleContext): readonly FactId[] =>
  [...context.deltas.values()].flat().flatMap((delta) => {
    const isType = delta.change === 'drop' && (delta.kind === 'enum' || delta.kind === 'domain')
    return isType && isTakenOver(delta.from, context) ? typeHolders(delta.id, context) : []
  })

/** What a type in use cannot be exchanged under, and what would go with the old one: everything but the columns themselves. */
function typeHolders(id: FactId, context: RuleContext): readonly FactId[] {
  const direct = context.dependents(id, 'before').filter((dependent) => {
    const fact = context.before.facts.get(dependent)
    return fact !== undefined && (fact.kind !== 'column' || fact.payload.generated !== undefined)
  })
  const privileges = context.children(id, 'grant', 'before').map((grant) => grant.id)
  const throughColumns = holdersOf(id, context).flatMap((column) => typeDependents(column.id, false, context))
  return [...new Set([...direct, ...privileges, ...throughColumns])]
}
