import { childrenOf, parseFactId, type Action, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { postgresErrors } from '../errors/errors.ts'
import { action, changed } from './action.ts'
import { meaningOf, namesBrought, namesOfPartition } from './attached-names.ts'
import { comesWithParents } from './add-column.ts'
import { columnState, columnsAbove, declares } from './column-state.ts'
import { columnsBetween } from './family-columns.ts'
import { withNames } from './family-names.ts'
import { checksAbove } from './inherited-check.ts'
import { objectName, spoken } from './names.ts'
import { notNullsJoined } from './not-null-joined.ts'
import { checksLacking, foreignKeyNames, membersKept } from './partition-members.ts'
import { columnsLetOut, columnsTakenIn } from './partition-columns.ts'
import { areMovedTogether, partitionsThatGiveWay } from './sibling-partitions.ts'
import { referringKeys } from './referring-keys.ts'
import { BEFORE_ROWS, canJoin } from './repartition.ts'

type Table = Fact<'table'>

/** ` PARTITION OF parent`, what stands in parentheses, the bound, ` INHERITS (…)` and ` PARTITION BY …`. */
export function familyClauses({ payload }: Table, lines: readonly string[]): string {
  const { partitionOf, inherits, partitionBy } = payload
  const inner = lines.length === 0 ? '' : `\n${lines.map((line) => `  ${line}`).join(',\n')}\n`
  const body =
    partitionOf === undefined
      ? ` (${inner})`
      : ` PARTITION OF ${objectName(partitionOf.table)}${inner === '' ? '' : ` (${inner})`} ${partitionOf.bound}`
  return [
    body,
    ...(inherits === undefined ? [] : [` INHERITS (${inherits.map(objectName).join(', ')})`]),
    ...(partitionBy === undefined ? [] : [` PARTITION BY ${partitionBy}`]),
  ].join('')
}

/** Facts of the table that a parent's facts say as well, and which therefore come and go with the parent. */
function shared(table: FactId, own: FactBase, parents: readonly FactId[], theirs: FactBase): readonly FactId[] {
  const said = new Set(
    parents
      .flatMap((parent) => familyOf(theirs, parent))
      .flatMap((id) => childrenOf(theirs, id))
      .map(meaningOf),
  )
  return childrenOf(own, table)
    .filter((fact) => {
      const what = meaningOf(fact)
      return what !== undefined && said.has(what)
    })
    .map((fact) => fact.id)
}

const familyOf = (base: FactBase, id: FactId): readonly FactId[] => {
  const fact = base.facts.get(id)
  if (fact?.kind !== 'table') return []
  const { partitionOf, inherits } = fact.payload
  return [id, ...[...(partitionOf === undefined ? [] : [partitionOf.table]), ...(inherits ?? [])].flatMap((each) => familyOf(base, each))]
}

/** A partition that a foreign key reaches through its parent cannot be dropped where it is: the server lets it out only where no row is referred to. */
export function leaveParent(table: Table, context: RuleContext): readonly Action[] {
  const parent = table.payload.partitionOf?.table
  if (parent === undefined || context.isDropped(parent)) return []
  if (referringKeys(parent, context).length === 0) return []
  return [
    action(table, 'drop', {
      sql: `ALTER TABLE ${objectName(parent)} DETACH PARTITION ${objectName(table.id)}`,
      title: `detach ${spoken(table)} from its parent`,
      lock: 'ACCESS EXCLUSIVE',
    }),
  ]
}

/** True for what a parent takes as its own; of a check it wants the name too. */
function isTaken(id: FactId, table: FactId, { before, after }: RuleContext): boolean {
  const own = before.facts.get(id)
  return own?.kind !== 'constraint' || own.payload.type !== 'check' || checksAbove(after, { ...own, parent: table }).length > 0
}

/** True for what becomes the table's own by its leaving a parent, and for nothing that others say of it. */
function isKept(id: FactId, context: RuleContext): boolean {
  const fact = context.after.facts.get(id)
  if (!context.isAdded(id) || fact?.kind !== 'column') return context.isAdded(id)
  const isOwn = columnState(context.after, fact.parent ?? '', fact.name) === 'declared'
  return isOwn && declares(fact, context) !== 'begins' && !comesWithParents(fact, context)
}

/** True for a new column of a parent that the table has from another one until now, and never as its own. */
function isGivenOn(column: FactId, table: FactId, context: RuleContext): boolean {
  const { name } = parseFactId(column)
  return context.isAdded(column) && [context.before, context.after].every((base) => columnState(base, table, name) === 'inherited')
}

/** Takes the table from its parent and gives it to another. What it had from the one becomes its own; what it has like the other becomes that one's. */
export function familyChanges(from: Table, to: Table, context: RuleContext): readonly Action[] {
  const name = objectName(to.id)
  const [old, now] = [from.payload, to.payload]
  const step = (sql: string, title: string, parts: Partial<Action>): Action => ({
    ...action(
      to,
      'alter',
      { sql, title, lock: 'ACCESS EXCLUSIVE' },
      changed('family', old.partitionOf ?? old.inherits, now.partitionOf ?? now.inherits),
    ),
    ...parts,
  })
  const isNew = (id: FactId): boolean => context.isAdded(id)
  const isGone = (id: FactId): boolean => context.isDropped(id)
  const leaves: Action[] = []
  const joins: Action[] = []
  const between: Action[] = []
  const taken = new Map<FactId, string>()
  const moved = JSON.stringify(old.partitionOf) !== JSON.stringify(now.partitionOf)
  // Between the two, nothing may change of a parent that stays.
  const stays = old.partitionOf !== undefined && old.partitionOf.table === now.partitionOf?.table
  const isOneOfSeveral = stays && areMovedTogether(to, context)
  const together = stays ? { together: `move ${(isOneOfSeveral ? now.partitionOf?.table : undefined) ?? to.id}` } : {}
  if (moved && old.partitionOf !== undefined) {
    const parent = old.partitionOf.table
    const columns = shared(to.id, context.after, [parent], context.before).filter((id) => isNew(id) && id.startsWith('column:'))
    const members = membersKept(from, to, context)
    // The keys that it keeps are over columns as they shall be.
    between.push(...columnsLetOut(from, to, context), ...members.steps)
    const kept = [...columns, ...members.produces]
    // Where the parent goes as well, the table has to be out of it first.
    leaves.push(
      step(`ALTER TABLE ${objectName(parent)} DETACH PARTITION ${name}`, `detach ${spoken(to)} from its parent`, {
        produces: kept,
        releases: stays ? [] : [parent],
        ...together,
        ...(isOneOfSeveral ? { ahead: true } : {}),
      }),
    )
  }
  if (moved && now.partitionOf !== undefined) {
    const parent = now.partitionOf.table
    const given = shared(to.id, context.before, [parent], context.after).filter((id) => isGone(id) && isTaken(id, to.id, context))
    between.push(...checksLacking(from, to, context))
    for (const [root, name] of namesBrought(to, given, context)) taken.set(root, name)
    joins.push(
      step(`ALTER TABLE ${objectName(parent)} ATTACH PARTITION ${name} ${now.partitionOf.bound}`, `attach ${spoken(to)} to its parent`, {
        destroys: given,
        after: [...(stays ? [] : columnsAbove(to.id, context)), ...partitionsThatGiveWay(to, context)],
        // Where the parent is made anew, before its rows come back.
        ...(context.isReplaced(parent) ? { weight: BEFORE_ROWS } : {}),
        consumes: stays
          ? []
          : [
              parent,
              ...childrenOf(context.after, parent)
                .filter((fact) => fact.kind === 'column')
                .map((fact) => fact.id),
            ],
        ...together,
      }),
    )
  }
  const [before, after] = [old.inherits ?? [], now.inherits ?? []]
  for (const parent of before.filter((each) => !after.includes(each))) {
    // What another parent gives as well does not become its own.
    const kept = shared(to.id, context.after, [parent], context.before).filter((id) => isKept(id, context))
    leaves.push(
      step(`ALTER TABLE ${name} NO INHERIT ${objectName(parent)}`, `end inheritance of ${spoken(to)}`, {
        produces: kept,
        releases: [parent],
        after: columnsAbove(to.id, context).filter((id) => isGivenOn(id, to.id, context)),
      }),
    )
  }
  const joining = after.filter((each) => !before.includes(each))
  // A child keeps what it declared as its own beside what it inherits, and no statement takes that back.
  if (joining.length > 0 && !canJoin(from, to, context))
    throw postgresErrors.YAMA_POSTGRES_STILL_DECLARED(
      { child: spoken(to), what: `what it has like ${joining.map(objectName).join(', ')}` },
      { position: to.origin },
    )
  for (const parent of joining) {
    const declared = context
      .children(to.id, 'column', 'after')
      .flatMap(({ id, name: column }) => (isNew(id) && columnState(context.before, to.id, column) === 'none' ? [id] : []))
    const above = columnsAbove(to.id, context)
    joins.push(
      step(`ALTER TABLE ${name} INHERIT ${objectName(parent)}`, `begin inheritance of ${spoken(to)}`, {
        destroys: shared(to.id, context.before, [parent], context.after).filter(isGone),
        consumes: [parent, ...declared],
        after: above,
      }),
    )
  }
  return [
    ...withNames(to, leaves, [...columnsBetween(to, context), ...between, ...notNullsJoined(to, context)], joins, context),
    ...columnsTakenIn(from, to, context),
    ...(now.partitionOf === undefined ? [] : [...namesOfPartition(from, to, taken, context), ...foreignKeyNames(from, to, context)]),
  ]
}
