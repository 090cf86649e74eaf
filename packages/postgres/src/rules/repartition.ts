import {
  ancestors,
  childrenOf,
  parseFactId,
  sameValue,
  type Action,
  type Fact,
  type FactBase,
  type FactId,
  type RuleContext,
} from '@yama/schema'
import { asideSchema } from '../types/default-name.ts'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed, type ActionParts } from './action.ts'
import { partitionsOf } from './attached-names.ts'
import { columnState, declares, tablesBelow } from './column-state.ts'
import { familyColumns } from './family-columns.ts'
import { columnList, objectName, spoken } from './names.ts'
import { sequenceOf, takenAlong } from './owned-sequences.ts'

type Table = Fact<'table'>

/**
 * What a table is partitioned by cannot be altered, nor whose child it is in every case. The table and those partitions that stay below it go to a schema aside, are made anew, and get the
 * rows. A partition that stands for itself afterwards is let out with its rows, and a table that becomes a partition brings its own.
 */
export function isMadeAnew(from: Table, to: Table, context: Pick<RuleContext, 'before' | 'after'>): boolean {
  return from.payload.partitionBy !== to.payload.partitionBy || (!canJoin(from, to, context) && !isParent(from.id, context))
}

/** True where others inherit from it, and stay: they would have to be made anew as well. */
const isParent = (table: FactId, { before, after }: Pick<RuleContext, 'before' | 'after'>): boolean =>
  tablesBelow(before, table).some(({ id, payload }) => payload.partitionOf === undefined && after.facts.has(id))

/** False where the parents would not stand in the order wanted, or a column would stay the child's own beside what it inherits: no statement takes that back. */
export function canJoin(from: Table, to: Table, { before, after }: Pick<RuleContext, 'before' | 'after'>): boolean {
  const [old, now] = [from.payload.inherits ?? [], to.payload.inherits ?? []]
  const stay = old.filter((parent) => now.includes(parent))
  const join = now.filter((parent) => !old.includes(parent))
  if (!sameValue([...stay, ...join], now)) return false
  const checks = childrenOf(before, from.id).filter(
    (fact) => fact.kind === 'constraint' && fact.payload.type === 'check' && !after.facts.has(fact.id),
  )
  const isSaid = (parent: FactId): boolean => checks.some(({ name }) => checkNamesOf(after, parent).has(name))
  if (join.some(isSaid)) return false
  const isGiven = (base: FactBase, name: string): boolean => stay.some((parent) => columnState(base, parent, name) !== 'none')
  return join.every((parent) =>
    [...familyColumns(after, parent).keys()].every(
      (name) =>
        columnState(after, to.id, name) === 'declared' ||
        (isGiven(before, name) && isGiven(after, name) && columnState(before, from.id, name) === 'inherited'),
    ),
  )
}

const checkNamesOf = (base: FactBase, table: FactId): ReadonlySet<string> =>
  new Set(
    [table, ...ancestors(base, table)]
      .flatMap((each) => childrenOf(base, each))
      .flatMap((fact) => (fact.kind === 'constraint' && fact.payload.type === 'check' ? [fact.name] : [])),
  )

/** A child would leave it to its parents to say that a column may not be null. Its own word for it comes and goes with the column's. */
function leavesNotNull({ id, parent = '', name, payload }: Fact<'column'>, before: FactBase): boolean {
  if (payload.options['notNullInherited'] !== true || columnState(before, parent, name) === 'none') return false
  const old = before.facts.get(id)
  return old?.kind !== 'column' || (old.payload.notNull && old.payload.options['notNullInherited'] !== true)
}

/** Children that give up their own word for a column of their parents: no statement says so. With children of their own they cannot be made anew either. */
export function tablesMadeAnew({ before, after }: RuleContext): readonly FactId[] {
  // Most tables are nobody's children, and their columns are not looked at.
  const children = [...after.facts.values()].filter(
    (fact) => fact.kind === 'table' && fact.payload.inherits !== undefined && before.facts.has(fact.id),
  )
  const columns = (base: FactBase, table: FactId): readonly Fact<'column'>[] =>
    childrenOf(base, table).filter((fact) => fact.kind === 'column')
  return children
    .map(({ id }) => id)
    .filter(
      (id) =>
        !isParent(id, { before, after }) &&
        (columns(before, id).some((column) => declares(column, { before, after }) === 'ends') ||
          columns(after, id).some((column) => leavesNotNull(column, before))),
    )
}

const tableIn = (base: FactBase, id: FactId | undefined): Table | undefined => {
  const fact = id === undefined ? undefined : base.facts.get(id)
  return fact?.kind === 'table' ? fact : undefined
}

const isBelow = (base: FactBase, id: FactId, ancestor: FactId): boolean => {
  const parent = tableIn(base, id)?.payload.partitionOf?.table
  return parent !== undefined && (parent === ancestor || isBelow(base, parent, ancestor))
}

/** Partitions that are below it before and after: they are made anew with it. */
export const partitionsThatStay = (table: FactId, { before, after }: Pick<RuleContext, 'before' | 'after'>): readonly FactId[] =>
  partitionsOf(before, table).flatMap(({ id }) => (isBelow(after, id, table) ? [id] : []))

/** The table above it that is made anew, where there is one: everything of this one is done there. */
export function remadeAbove(table: Table, context: RuleContext): FactId | undefined {
  const parent = table.payload.partitionOf?.table
  const above = tableIn(context.before, parent)
  if (parent === undefined || above === undefined) return undefined
  return remadeAbove(above, context) ?? (context.isReplaced(parent) ? parent : undefined)
}

const asideOf = (table: FactId): string => {
  const { schema, name } = parseFactId(table)
  return asideSchema(schema, name)
}

/** The table and what goes with it move out of the way; names of tables, indexes and sequences are free then. */
export function moveAside(table: Table, context: RuleContext): readonly Action[] {
  const aside = identifier(asideOf(table.id))
  const going = partitionsOf(context.before, table.id).filter(
    ({ id }) => !context.after.facts.has(id) || isBelow(context.after, id, table.id),
  )
  const all = [table, ...going]
  const columns = all.flatMap(({ id }) => context.children(id, 'column', 'before').map((column) => column.id))
  const step = (sql: string, parts: Partial<ActionParts> = {}): Action =>
    action(
      table,
      'drop',
      { sql, title: `put ${spoken(table)} aside`, lock: 'ACCESS EXCLUSIVE', together: `aside ${table.id}`, ...parts },
      changed('partitionBy', table.payload.partitionBy, tableIn(context.after, table.id)?.payload.partitionBy),
    )
  const parent = table.payload.partitionOf?.table
  return [
    step(`CREATE SCHEMA ${aside}`),
    ...(parent === undefined ? [] : [step(`ALTER TABLE ${objectName(parent)} DETACH PARTITION ${objectName(table.id)}`)]),
    // What becomes of its parents shall not reach what is put aside.
    ...(table.payload.inherits ?? []).map((each) => step(`ALTER TABLE ${objectName(table.id)} NO INHERIT ${objectName(each)}`)),
    ...going.map(({ id }) => step(`ALTER TABLE ${objectName(id)} SET SCHEMA ${aside}`)),
    step(`ALTER TABLE ${objectName(table.id)} SET SCHEMA ${aside}`, {
      destroys: [...all.map(({ id }) => id), ...takenAlong(columns, context)],
    }),
  ]
}

/** The weight of what has to be there for them. */
export const BEFORE_ROWS = 17

/** The rows go into what was made, where each finds its partition; then what was put aside goes. */
export function bringRows(table: Table, context: RuleContext): readonly Action[] {
  const aside = asideOf(table.id)
  const partitions = partitionsOf(context.after, table.id).map(({ id }) => id)
  const own = [...familyColumns(context.after, table.id).values()]
  const before = familyColumns(context.before, table.id)
  const kept = own.filter(({ name, payload }) => payload.generated === undefined && before.has(name))
  const values = kept.map(({ name, payload }) =>
    before.get(name)?.payload.type === payload.type ? identifier(name) : `${identifier(name)}::${payload.type}`,
  )
  const overriding = kept.some(({ payload }) => payload.identity?.mode === 'always') ? ' OVERRIDING SYSTEM VALUE' : ''
  const step = (sql: string, parts: Partial<ActionParts> = {}): Action =>
    action(table, 'add', {
      sql,
      title: `bring the rows of ${spoken(table)} back`,
      lock: 'ACCESS EXCLUSIVE',
      consumes: [table.id, ...partitions],
      // A table that is there already and becomes a partition takes its share: it has no columns of its own then.
      after: partitions.flatMap((id) =>
        context.children(id, 'column', 'before').flatMap((column) => (context.isDropped(column.id) ? [column.id] : [])),
      ),
      together: `rows ${table.id}`,
      // Before indexes, foreign keys and triggers.
      weight: BEFORE_ROWS + 1,
      ...parts,
    })
  const names = columnList(kept.map(({ name }) => name))
  const copy =
    kept.length === 0
      ? []
      : [
          step(
            `INSERT INTO ${objectName(table.id)} ${names}${overriding} SELECT ${values.join(', ')} FROM ${qualified(aside, table.name)}`,
            { rewrite: true },
          ),
        ]
  return [
    ...copy,
    ...kept.flatMap((column) => sequencePosition(column, before.get(column.name), aside)).map((sql) => step(sql)),
    step(`DROP TABLE ${qualified(aside, table.name)}`),
    step(`DROP SCHEMA ${identifier(aside)}`),
  ]
}

/** A sequence that comes with a column goes on where the one before stood. */
function sequencePosition(column: Fact<'column'>, before: Fact<'column'> | undefined, aside: string): readonly string[] {
  if (column.payload.identity === undefined || before?.payload.identity === undefined) return []
  const [old, now] = [sequenceOf(before), sequenceOf(column)]
  return [`SELECT setval(${literal(qualified(now.schema, now.name))}, last_value, is_called) FROM ${qualified(aside, old.name)}`]
}
