import { describeFact, difference, keepPrivileges, sameValue, type AnyDelta, type AnyFact, type FactBase, type FactId } from '@yama/schema'
import type { DriftIgnore } from '../ignore/drift-ignores.ts'
import type { DriftedObject, DriftOrigin, DriftVerdict } from './drifted-object.ts'
import { matchIgnore } from '../ignore/match-ignore.ts'
import { asStated } from './as-stated.ts'
import { unmanagedDrift } from './unmanaged-drift.ts'

export interface DriftStates {
  /** What the history made: the schema that the last run left. */
  readonly history: FactBase
  /** The database as it is. */
  readonly live: FactBase
  /** What the entities describe, as the server prints it; absent where there are none. */
  readonly entities?: FactBase
}

export interface DriftReport {
  readonly objects: readonly DriftedObject[]
  /** Ignores that count no more, because their day has passed. */
  readonly expired: readonly DriftIgnore[]
  /** Ignores that found nothing to ignore. */
  readonly unused: readonly DriftIgnore[]
}

const origins = { add: 'added', drop: 'removed', alter: 'changed', rename: 'changed' } as const satisfies Record<
  AnyDelta['change'],
  DriftOrigin
>

/**
 * What was changed by hand, object by object: what the history made against the database, and both against the entities. Computes only.
 * The rows of lookup tables are no schema and take no part; owners and versions of extensions do where the entities state them. `today` is a day, `2026-11-20`.
 *
 * @example
 * const { objects } = detectDrift({ history: decodeFacts(snapshot.facts), live: await schema.extract(connection, scope) }, [], '2026-11-20')
 */
export function detectDrift(states: DriftStates, ignores: readonly DriftIgnore[], today: string): DriftReport {
  const history = asStated(states.history, states.live, states.entities)
  const live = asStated(states.live, states.history, states.entities)
  const entities = states.entities === undefined ? undefined : keepPrivileges(states.entities, history)
  const deltas = difference(history, live).filter(({ kind }) => kind !== 'rows')
  const gone = new Map(deltas.filter(({ change }) => change !== 'alter').map((delta) => [delta.id, delta]))
  const members = new Map<FactId, FactId[]>()
  const tops: AnyDelta[] = []
  for (const delta of deltas) {
    const top = topOf(delta, gone)
    if (top === delta.id) tops.push(delta)
    members.set(top, [...(members.get(top) ?? []), delta.id])
  }
  const found = tops.map((delta): DriftedObject => {
    const facts = [delta.id, ...(members.get(delta.id) ?? []).filter((id) => id !== delta.id)]
    return {
      id: delta.id,
      object: describeFact(delta.id),
      origin: origins[delta.change],
      verdict: entities === undefined ? 'by-hand' : judge(facts, history, live, entities),
      managed: true,
      attributes: delta.change === 'alter' ? delta.attributes : [],
      facts,
    }
  })
  return ignoring([...found, ...unmanagedDrift(history, live)], ignores, today)
}

/** What came or went with its table, or with what is on it, is told with it. */
function topOf(delta: AnyDelta, gone: ReadonlyMap<FactId, AnyDelta>): FactId {
  if (delta.change === 'alter') return delta.id
  let top = delta.id
  for (let fact = factOf(delta); fact.parent !== undefined;) {
    const parent = gone.get(fact.parent)
    if (parent?.change !== delta.change) break
    top = parent.id
    fact = factOf(parent)
  }
  return top
}

const factOf = (delta: AnyDelta): AnyFact => (delta.change === 'drop' ? delta.from : delta.to) as AnyFact

function judge(facts: readonly FactId[], history: FactBase, live: FactBase, entities: FactBase): DriftVerdict {
  const same = (one: FactBase, other: FactBase): boolean =>
    facts.every((id) => sameValue(one.facts.get(id)?.payload, other.facts.get(id)?.payload))
  return same(entities, live) ? 'adopted' : same(entities, history) ? 'by-hand' : 'conflict'
}

function ignoring(found: readonly DriftedObject[], ignores: readonly DriftIgnore[], today: string): DriftReport {
  const valid = ignores.filter(({ until }) => until >= today)
  const used = new Set<DriftIgnore>()
  const objects = found.map((object) => {
    const ignored = matchIgnore(object, valid)
    if (ignored === undefined) return object
    used.add(ignored)
    return { ...object, ignored }
  })
  return {
    objects,
    expired: ignores.filter((ignore) => !valid.includes(ignore) && found.some((object) => matchIgnore(object, [ignore]) !== undefined)),
    unused: valid.filter((ignore) => !used.has(ignore)),
  }
}
