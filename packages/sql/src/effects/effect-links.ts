import type { Effect, EffectLink, StatementEffects } from '@yama/core'
import { commented, follow, goesWith, isRun, ofMadeColumns, ofRow } from './followed-links.ts'
import { effectsConflict } from './effects-conflict.ts'
import { indexColumns, type IndexColumns } from './index-columns.ts'
import type { JudgedMigration } from './migration-effects.ts'
import { rowsInOrder } from './in-order.ts'
import { inherited, INDEXES } from './inherited.ts'
import { withoutSettled } from './said-again.ts'
import { settledColumns, type SettledColumns } from './settled-columns.ts'
import { tableFacts, type TableFacts } from './table-facts.ts'

/** What the objects of a whole graph bring with them, and what was made from what. */
export interface LinkIndex {
  readonly links: ReadonlyMap<string, readonly EffectLink[]>
  /** By object: what was created by statements which read it. */
  readonly dependents: ReadonlyMap<string, readonly { readonly on: Effect; readonly made: readonly Effect[] }[]>
  readonly facts: ReadonlyMap<string, TableFacts>
  readonly indexes: IndexColumns
  readonly settled: SettledColumns
  /** By what was created: how it makes others behave, as a trigger its table. */
  readonly brought: ReadonlyMap<string, readonly Effect[]>
}

/** A statement with what follows from it; `derived` effects are of what it sets off, not of what it names. */
export interface ExpandedEffects extends StatementEffects {
  readonly derived: ReadonlySet<Effect>
  /** Of those: what a foreign key does to the rows of a table, of which nothing follows that is seen elsewhere. */
  readonly ofKeys: ReadonlySet<Effect>
  /** Of those: what was made from something that goes, and must not stand in its way. */
  readonly inTheWay: ReadonlySet<Effect>
  /** What it says of a column that has been said of it before. */
  readonly restated: ReadonlySet<Effect>
}

export function indexLinks(judged: readonly JudgedMigration[], concurrent: readonly JudgedMigration[]): LinkIndex {
  const links = new Map<string, EffectLink[]>()
  const dependents = new Map<string, { on: Effect; made: readonly Effect[] }[]>()
  const brought = new Map<string, Effect[]>()
  const put = <T>(map: Map<string, T[]>, key: string, ...values: readonly T[]): void => {
    map.set(key, [...(map.get(key) ?? []), ...values])
  }
  for (const { statements } of judged) {
    for (const { found } of statements) {
      for (const link of found.links ?? []) put(links, link.object, link)
      const made = found.effects.filter(({ access, facet }) => access === 'add' && facet === 'exist')
      if (made.length === 0) continue
      for (const on of found.effects) if (on.access === 'read') put(dependents, on.object, { on, made })
      const behaviour = found.effects.filter(({ access, facet, member }) => access !== 'read' && isBehaviour(facet, member))
      for (const { object, member } of made) if (member === undefined) put(brought, object, ...behaviour)
    }
  }
  return {
    links,
    dependents,
    brought,
    facts: tableFacts(judged, new Set(concurrent)),
    indexes: indexColumns(judged),
    settled: settledColumns(judged),
  }
}

/** That a table may be emptied again is no matter for whoever could not empty it. */
const isBehaviour = (facet: Effect['facet'], member = ''): boolean =>
  facet === 'uniqueness' ||
  (facet === 'definition' && member !== 'on:truncate') ||
  (facet === 'exist' && /^(index|statistics):/.test(member))

/**
 * The effects of a statement with those that follow from them: reading a view reads its tables, writing rows runs triggers and
 * cascades, and dropping something concerns whatever was made from it, and whatever it made behave.
 */
export function expandEffects(found: StatementEffects, index: LinkIndex): ExpandedEffects {
  const effects: Effect[] = []
  const derived = new Set<Effect>()
  const ofKeys = new Set<Effect>()
  const inTheWay = new Set<Effect>()
  /** What triggers and functions do, whose order among the rows is not told. */
  const ofTriggers = new Set<Effect>()
  const seen = new Set<string>()
  let unknown = found.unknown
  const { effects: stated, restated } = withoutSettled(withoutKnownKeys(found, index), index.settled)
  const named = [...ofMadeColumns(stated, index.links), ...stated]
  const open = [...named].reverse()
  const own = new Set<Effect>(named)
  for (let effect = open.pop(); effect !== undefined; effect = open.pop()) {
    const key = `${effect.access} ${effect.facet} ${effect.schema}.${effect.object} ${effect.member ?? ''} ${effect.says ?? ''} ${effect.given?.join() ?? ''} ${effect.row?.object ?? ''}`
    if (seen.has(key)) continue
    seen.add(key)
    effects.push(effect)
    if (!own.has(effect)) derived.add(effect)
    const known = index.links.get(effect.object) ?? []
    if (isRun(effect)) open.push({ object: effect.object, schema: effect.schema, facet: 'definition', access: 'read' })
    if (isCall(effect) && known.length === 0) unknown ??= `what ${effect.object.replace(':', ' ')} does is not known`
    open.push(...inherited(effect, known), ...commented(effect, index.brought))
    // A conversion runs no trigger.
    const followed = follow(effect, known).filter(({ rowwise }) => effect.follows === undefined || rowwise === true)
    for (const link of followed) {
      open.push(...ofRow(link.effects, effect.object.startsWith('relation:') ? effect : effect.row))
      if (link.rowwise === true) for (const other of link.effects) if (endsAt(other, index)) ofKeys.add(other)
      unknown ??= link.unknown
    }
    for (const link of followed) if (link.rowwise !== true && link.when !== 'read') for (const other of link.effects) ofTriggers.add(other)
    if (effect.follows === undefined) open.push(...notRowwise(effect, followed, index))
    if (effect.access !== 'write' || !CONCERNS.has(effect.facet)) continue
    if (found.invalidates === true) open.push(...invalidated(effect, index))
    // A rename is followed by whatever refers to the object.
    if (effect.facet === 'name') continue
    const others = concerned(effect, index, found.cascade === true)
    open.push(...others)
    for (const other of others) if (other.access === 'read' && stays(other, effect, index)) inTheWay.add(other)
    if (dangles(effect) && others.some((made) => stays(made, effect, index))) open.push(dangling(effect))
    open.push(...released(effect, index.links), ...goesWith(effect, known))
    if (effect.facet === 'exist' && effect.member === undefined) {
      const behaviour = index.brought.get(effect.object)
      open.push(...(behaviour ?? []).map((other): Effect => (other.facet === 'definition' ? other : { ...other, access: 'write' })))
      for (const { object, schema, member = '' } of behaviour ?? [])
        if (/^(index|constraint):/.test(member)) open.push({ object, schema, member: INDEXES, facet: 'order', access: 'read' })
      if (behaviour === undefined && effect.object.startsWith('trigger:'))
        unknown ??= `whose trigger ${effect.object.slice(8)} is, is not known`
    }
  }
  for (const effect of rowsInOrder(found, effects, ofTriggers, index.facts)) {
    effects.push(effect)
    derived.add(effect)
  }
  return { ...found, effects, derived, ofKeys, inTheWay, restated, ...(unknown === undefined ? {} : { unknown }) }
}

/** Something refers to what is gone: SQLite reads every definition again whenever a column is dropped or renamed. */
const dangles = ({ object, member, facet }: Effect): boolean => facet === 'exist' && member === undefined && object.startsWith('relation:')

/** Whether what was made from something that goes is still there then: its indexes and triggers go with it. */
function stays({ object }: Effect, gone: Effect, { links, brought }: LinkIndex): boolean {
  if (object === gone.object) return false
  if (object.startsWith('relation:')) return links.has(object)
  return !(brought.get(object) ?? []).some((behaviour) => behaviour.object === gone.object)
}

const dangling = ({ object, member = '' }: Effect): Effect => ({
  object: 'schema-objects:',
  schema: '',
  member: `object:dangling ${object} ${member}`,
  facet: 'exist',
  access: 'write',
})

/**
 * A foreign key that goes no longer follows what is done to the rows that it refers to; that it no longer stops it concerns who goes on
 * after a refusal.
 */
function released(effect: Effect, links: LinkIndex['links']): readonly Effect[] {
  if (effect.member?.startsWith('constraint:') !== true) return []
  const targets = (links.get(effect.object) ?? []).flatMap(({ when, effects }) =>
    when === 'insert' ? effects.filter(({ facet }) => facet === 'keys') : [],
  )
  return targets.flatMap(({ object, schema }) => {
    const acts = (event: 'delete' | 'update'): boolean =>
      (links.get(object) ?? []).some(
        ({ when, effects }) => when === event && effects.some((each) => each.object === effect.object && each.access !== 'read'),
      )
    const events = [...(['delete', 'update'] as const).filter(acts), 'refused']
    return events.map((event): Effect => ({ object, schema, member: `on:${event}`, facet: 'definition', access: 'add' }))
  })
}

const CONCERNS: ReadonlySet<Effect['facet']> = new Set(['exist', 'name', 'type'])

/** What statements which read it have made. */
const madeFrom = (effect: Effect, { dependents }: LinkIndex): readonly Effect[] =>
  (dependents.get(effect.object) ?? []).flatMap(({ on, made }) => (effectsConflict(effect, on) ? made : []))

const placeOf = ({ object, schema, member }: Effect): Pick<Effect, 'object' | 'schema' | 'member'> => ({
  object,
  schema,
  ...(member === undefined ? {} : { member }),
})

/** What was made from something that goes: it goes too with CASCADE, and without must not be there. A column changes with its type. */
function concerned(effect: Effect, index: LinkIndex, cascade: boolean): readonly Effect[] {
  const isType = effect.facet === 'type' && effect.object.startsWith('type:')
  return madeFrom(effect, index).map((made): Effect => ({
    ...placeOf(made),
    ...(isType ? { facet: 'type', access: 'write' } : { facet: 'exist', access: cascade ? 'write' : 'read' }),
  }))
}

/** Views that stay and do not work: nothing can be made from them. */
const invalidated = (effect: Effect, index: LinkIndex): readonly Effect[] =>
  madeFrom(effect, index)
    .filter(({ object }) => index.links.get(object)?.some(({ when }) => when === 'read') === true)
    .map((made): Effect => ({ ...placeOf(made), facet: 'exist', access: 'write' }))

/** A change of rows that sets nothing else off. */
const endsAt = ({ object }: Effect, { links }: LinkIndex): boolean =>
  (links.get(object) ?? []).every(
    ({ when, effects, unknown }) =>
      !['update', 'delete', 'call'].includes(when) || (unknown === undefined && effects.every(({ access }) => access === 'read')),
  )

/** A key over columns of which fewer are unique from the beginning looks at no row: there is none that it could refuse. */
function withoutKnownKeys(found: StatementEffects, { facts }: LinkIndex): StatementEffects {
  const { effects } = found
  const keys = effects.filter(({ access, facet }) => access === 'add' && facet === 'uniqueness')
  const isKnown = ({ object, columns }: Effect): boolean => {
    const table = facts.get(object)
    return (
      table !== undefined &&
      !table.altered &&
      columns !== undefined &&
      table.first.some((key) => key.every((column) => columns.includes(column)))
    )
  }
  const adds = effects.filter(({ access, facet, member }) => access === 'add' && facet === 'exist' && member !== undefined)
  if (keys.length === 0 || !keys.every(isKnown) || !adds.every(({ member }) => keys.some((key) => key.member === member))) return found
  const isTable = ({ object, member }: Effect): boolean => keys.some((key) => key.object === object) && member !== undefined
  const kept = effects.filter(
    (effect) =>
      !(isTable(effect) && effect.facet === 'rows' && effect.access === 'read') &&
      !(isTable(effect) && effect.member?.startsWith('on:') === true && effect.access === 'add'),
  )
  return { ...found, effects: kept }
}

/** Rows that are changed one by one, where a trigger may look at all of them, or where nobody has said which triggers there are. */
function notRowwise(effect: Effect, followed: readonly EffectLink[], { facts }: LinkIndex): readonly Effect[] {
  const { object, schema, facet, access, member } = effect
  if (facet !== 'rows' || access !== 'write' || member === undefined || !object.startsWith('relation:')) return []
  if (facts.has(object) && followed.every(({ rowwise }) => rowwise === true)) return []
  if (member !== 'rows:all')
    return [
      { object, schema, member: 'rows:all', facet, access: 'read' },
      // It may change columns which the statement does not name; where the triggers are known, so is what they change.
      ...(facts.has(object) && followed.every(({ unknown }) => unknown === undefined)
        ? []
        : [{ object, schema, member: 'on:unseen', facet: 'definition', access: 'read' } as const]),
    ]
  return (['rows', 'keys'] as const).map((each): Effect => ({ object, schema, facet: each, access }))
}

/** A function that is run for what it does. */
const isCall = ({ object, facet, access }: Effect): boolean => access === 'write' && facet === 'rows' && object.startsWith('function:')
