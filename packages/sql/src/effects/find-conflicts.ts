import type { Effect, Migration, MigrationConflict, MigrationId, StatementEffects } from '@yama/core'
import { describeConflict } from './describe-conflict.ts'
import { expandEffects, indexLinks, type ExpandedEffects, type LinkIndex } from './effect-links.ts'
import { effectsConflict } from './effects-conflict.ts'
import { followRenames } from './follow-renames.ts'
import { migrationEffects } from './migration-effects.ts'
import { isNothingTo, sayTheSame } from './said-again.ts'
import { servesNoKey } from './index-columns.ts'
import { additionsApart, keysMiss, rowsApart } from './rows-apart.ts'

interface Expanded {
  readonly text: string
  readonly found: ExpandedEffects
}

interface ExpandedMigration {
  readonly migration: Migration
  readonly statements: readonly Expanded[]
}

interface Place {
  readonly at: number
  readonly statement: Expanded
  readonly effect: Effect
}

/** The pairs of migrations whose order matters, each with the first meeting of two statements. Linear in what touches no common object. */
export async function findConflicts(
  migrations: readonly Migration[],
  concurrent: (one: MigrationId, other: MigrationId) => boolean,
  context: readonly Migration[],
  effectsOf: (statements: readonly string[]) => Promise<readonly StatementEffects[]>,
): Promise<readonly MigrationConflict[]> {
  const stated = await migrationEffects([...migrations, ...context], effectsOf)
  const judged = followRenames(stated, new Set(stated.slice(0, migrations.length)))
  const links = indexLinks(judged, judged.slice(0, migrations.length))
  const there = createdBy(judged.slice(migrations.length))
  const own = judged.slice(0, migrations.length).map(({ migration, statements }): ExpandedMigration => ({
    migration,
    statements: statements.map(({ text, found }) => ({ text, found: expandEffects(withoutReplaced(found, there), links) })),
  }))
  const found = new Map<string, MigrationConflict>()
  const judge = (one: number, other: number, meet: () => Omit<MigrationConflict, 'one' | 'other'> | undefined): void => {
    const [a, b] = [own[Math.min(one, other)]!.migration.id, own[Math.max(one, other)]!.migration.id]
    const key = JSON.stringify([a, b])
    if (found.has(key) || !concurrent(a, b)) return
    const conflict = meet()
    if (conflict !== undefined) found.set(key, { one: a, other: b, ...conflict })
  }
  judgeUnknown(own, judge)
  for (const places of byObject(own).values()) {
    if (places.every(({ effect }) => effect.access === 'read')) continue
    for (const [index, first] of places.entries()) {
      for (const second of places.slice(index + 1)) {
        if (first.at === second.at) continue
        judge(first.at, second.at, () => meeting(first, second, links, own))
      }
    }
  }
  return [...found.values()]
}

/** What the others made: it was there before. */
function createdBy(judged: Awaited<ReturnType<typeof migrationEffects>>): ReadonlySet<string> {
  const created = judged.flatMap(({ statements }) => statements.flatMap(({ found }) => found.effects.filter(isCreation)))
  return new Set(created.map(({ object }) => object))
}

const isCreation = ({ access, facet, member }: Effect): boolean => access === 'add' && facet === 'exist' && member === undefined

/** `CREATE OR REPLACE` of something that is there creates nothing. */
function withoutReplaced(found: StatementEffects, there: ReadonlySet<string>): StatementEffects {
  if (found.idempotent !== true) return found
  const replaced = new Set(
    found.effects.flatMap(({ access, facet, object }) =>
      access === 'write' && facet === 'definition' && there.has(object) ? [object] : [],
    ),
  )
  return { ...found, effects: found.effects.filter((effect) => !(isCreation(effect) && replaced.has(effect.object))) }
}

function meeting(
  first: Place,
  second: Place,
  links: LinkIndex,
  own: readonly ExpandedMigration[],
): Omit<MigrationConflict, 'one' | 'other'> | undefined {
  // What is set off in something that only the other creates is not set off before.
  if (isBefore(first, second) || isBefore(second, first)) return undefined
  // With the table go the rows which the key would have removed or changed; and a key follows a table to its new name.
  const moves = (place: Place): boolean => goes(place) || isOnlyRenamed(place, own)
  if ((isOfKey(first) && moves(second)) || (isOfKey(second) && moves(first))) return undefined
  // What stands in the way of one branch stands in it alone too; that the other removes it is no matter.
  if ((isInTheWay(first) && goes(second)) || (isInTheWay(second) && goes(first))) return undefined
  if ((isOfAnother(first) && isOnlyRenamed(second, own)) || (isOfAnother(second) && isOnlyRenamed(first, own))) return undefined
  if (isAgain(first, second) || isAgain(second, first) || sayTheSame(first.effect, second.effect)) return undefined
  if (isIdle(first, second, links) || isIdle(second, first, links)) return undefined
  if (isBehind(first, second, links) || isBehind(second, first, links)) return undefined
  if (isUnseen(first, second, links) || isUnseen(second, first, links)) return undefined
  if (isLate(first, second) || isLate(second, first)) return undefined
  if (servesNoKey(first.effect, second.effect, links.indexes) || servesNoKey(second.effect, first.effect, links.indexes)) return undefined
  if (addsRows(first) && addsRows(second) && additionsApart(first.effect.object, links)) return undefined
  if (isOfRows(first) && isOfRows(second) && rowsApart(first.statement.found.rows, second.statement.found.rows, links)) return undefined
  if (!effectsConflict(first.effect, second.effect) || areOne(first.statement, second.statement)) return undefined
  return describeConflict(first.effect, second.effect, first.statement.text, second.statement.text)
}

const isAgain = ({ statement, effect }: Place, { effect: other }: Place): boolean =>
  statement.found.restated.has(effect) && isNothingTo(effect, other)

/** A policy of a table for which nobody switches row security on. */
const isIdle = ({ effect }: Place, { effect: other }: Place, { facts }: LinkIndex): boolean =>
  effect.secured === true && other.access === 'read' && facts.get(effect.object)?.secured === false

/** A column behind those that the values are for, where nobody else adds one. */
const isBehind = ({ effect }: Place, { effect: other }: Place, { facts }: LinkIndex): boolean =>
  effect.first === true && creates({ effect: other }) && other.member !== undefined && facts.get(effect.object)?.grown === 1

/** A key beside new rows which it does not look at. */
const isUnseen = (key: Place, row: Place, links: LinkIndex): boolean =>
  (key.effect.facet === 'rows' ? key.effect.access === 'read' : key.effect.member === 'on:insert') &&
  !isDerived(key) &&
  !isDerived(row) &&
  keysMiss(key.statement.found, row.statement.found.rows, links)

/** The columns of a table that is looked at when the view is used are those which it has then. */
const isLate = ({ effect }: Place, { effect: other }: Place): boolean =>
  effect.late === true && other.member?.startsWith('column:') === true

/** What a statement itself does with rows of its own table. */
const isOfRows = (place: Place): boolean => {
  const { statement, effect } = place
  return (effect.facet === 'rows' || effect.facet === 'keys') && effect.object === statement.found.rows?.object && !isDerived(place)
}

/** How a table behaves or an index of it, changed by something else that goes on so under another name of the table. */
const isOfAnother = (place: Place): boolean =>
  isDerived(place) &&
  (/^(index|statistics|indexes):/.test(place.effect.member ?? '') ||
    (place.effect.facet === 'definition' && place.effect.member?.startsWith('on:') === true))

const addsRows = ({ effect }: Place): boolean => effect.access === 'add' && effect.facet === 'rows' && effect.member === undefined

const isOfKey = ({ statement, effect }: Place): boolean => statement.found.ofKeys.has(effect)
const isInTheWay = ({ statement, effect }: Place): boolean => statement.found.inTheWay.has(effect)
const goes = ({ effect }: Place): boolean => effect.access === 'write' && effect.facet === 'exist' && effect.member === undefined

/** A table that its migration renames, and does nothing with under the new name. */
function isOnlyRenamed({ at, statement, effect }: Place, own: readonly ExpandedMigration[]): boolean {
  if (effect.access !== 'write' || effect.facet !== 'name' || effect.member !== undefined) return false
  const names = new Set(
    statement.found.effects.filter((each) => each.access === 'add' && each.facet === 'exist').map(({ object }) => object),
  )
  return (own[at]?.statements ?? []).every((each) => each === statement || !each.found.effects.some(({ object }) => names.has(object)))
}

const isDerived = ({ statement, effect }: Place): boolean => statement.found.derived.has(effect)
/** Of a column that is added, whoever looks at all of them learns; and what a parent hands down meets what its child makes. */
const isBefore = (derived: Place, { effect }: Place): boolean =>
  isDerived(derived) &&
  creates({ effect }) &&
  (effect.member === undefined || (derived.effect.access === 'read' && derived.effect.facet !== 'shape'))

const creates = ({ effect }: Pick<Place, 'effect'>): boolean => effect.access === 'add' && effect.facet === 'exist'

/** The same statement twice, which the second time does nothing. */
const areOne = (one: Expanded, other: Expanded): boolean =>
  one.found.idempotent === true && other.found.idempotent === true && plain(one.text) === plain(other.text) && !setsOff(one)

/** What an update sets off happens twice. */
const setsOff = ({ found }: Expanded): boolean => found.rows !== undefined && [...found.derived].some(({ access }) => access !== 'read')

const plain = (text: string): string => text.replaceAll(/\s+/g, ' ').trim().toLowerCase()

function judgeUnknown(
  own: readonly ExpandedMigration[],
  judge: (one: number, other: number, meet: () => Omit<MigrationConflict, 'one' | 'other'> | undefined) => void,
): void {
  for (const [at, { statements }] of own.entries()) {
    const unread = statements.find(({ found }) => found.unknown !== undefined)
    if (unread === undefined) continue
    for (const [other, { statements: others }] of own.entries()) {
      const beside = others.find(({ found }) => found.unknown !== undefined || found.effects.length > 0)
      if (other === at || beside === undefined) continue
      judge(at, other, () => ({
        object: 'anything',
        why: `What a statement touches cannot be told: ${unread.found.unknown ?? ''}.`,
        statements: at < other ? [unread.text, beside.text] : [beside.text, unread.text],
      }))
    }
  }
}

function byObject(own: readonly ExpandedMigration[]): ReadonlyMap<string, readonly Place[]> {
  const places = new Map<string, Place[]>()
  for (const [at, { statements }] of own.entries()) {
    for (const statement of statements) {
      for (const effect of statement.found.effects) {
        const list = places.get(effect.object)
        if (list === undefined) places.set(effect.object, [{ at, statement, effect }])
        else list.push({ at, statement, effect })
      }
    }
  }
  return places
}
