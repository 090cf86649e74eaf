import { parseFactId, type Action, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { defaultNotNullName } from '../types/default-name.ts'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { tablesThatStayBelow } from './column-state.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spokenTable, tableOf } from './names.ts'
import {
  areAlike,
  comesToBeGiven,
  givenName,
  isMoved,
  joinsNotNull,
  namesNotNull,
  notNullName,
  statedName,
  type Column,
  type Server,
} from './not-null-name.ts'

const taken = new WeakMap<FactBase, ReadonlyMap<string, readonly FactId[]>>()

/** True where another table of the schema has a NOT NULL of this name: the server would number one that it makes itself. */
function isTaken(base: FactBase, { schema, parent }: Column, name: string): boolean {
  let known = taken.get(base)
  if (known === undefined) {
    const found = new Map<string, FactId[]>()
    for (const fact of base.facts.values()) {
      if (fact.kind !== 'column' || !fact.payload.notNull || fact.parent === undefined) continue
      const key = `${fact.schema}\0${notNullName(base, fact.parent, fact.name) ?? ''}`
      found.set(key, [...(found.get(key) ?? []), fact.parent])
    }
    taken.set(base, (known = found))
  }
  return known.get(`${schema}\0${name}`)?.some((table) => table !== parent) ?? false
}

/** ` CONSTRAINT name NOT NULL NO INHERIT`: with its name where the server would not give that by itself. */
export function notNullClause(column: Column, context: RuleContext): string {
  if (!column.payload.notNull || (namesNotNull(context) && column.payload.options['notNullInherited'] === true)) return ''
  if (!namesNotNull(context)) return ' NOT NULL'
  const name = notNullName(context.after, column.parent ?? '', column.name) ?? ''
  const usual = defaultNotNullName(parseFactId(column.parent ?? '').name, column.name)
  const says = statedName(column) !== undefined || comment(column) !== undefined || name !== usual || isTaken(context.before, column, name)
  return `${says ? ` CONSTRAINT ${identifier(name)}` : ''} NOT NULL${noInherit(column)}`
}

const noInherit = ({ payload }: Column): string => (payload.options['notNullNoInherit'] === true ? ' NO INHERIT' : '')

/** True where a NOT NULL has to be said, also where the column's other words imply it. */
export const isSpecialNotNull = ({ payload }: Column): boolean =>
  payload.options['notNullName'] !== undefined || payload.options['notNullNoInherit'] === true

/** A NOT NULL that was not tried on the rows can only be added. */
export const isUntried = ({ payload }: Column, context: Server): boolean =>
  namesNotNull(context) && payload.notNull && payload.options['notNullNotValid'] === true

/** True for a column of a parent whose NOT NULL has a name of the child's own: the child says that when it is made. */
export const isNamedByChild = (column: Column, context: RuleContext): boolean =>
  namesNotNull(context) &&
  column.payload.notNull &&
  statedName(column) !== undefined &&
  givenName(context.after, column.parent ?? '', column.name) !== undefined

const named = (base: FactBase, column: Column): string => notNullName(base, column.parent ?? '', column.name) ?? ''

function step(column: Column, change: 'add' | 'alter', clause: string, attribute: string, sides: readonly [unknown, unknown]): Action {
  const sql = `ALTER TABLE ${tableOf(column)} ${clause}`
  return action(
    column,
    change,
    { sql, title: `${attribute} of column ${column.name} of ${spokenTable(column)}`, lock: 'ACCESS EXCLUSIVE', consumes: [column.id] },
    changed(attribute, ...sides),
  )
}

const addClause = (column: Column, base: FactBase): string =>
  `ADD CONSTRAINT ${identifier(named(base, column))} NOT NULL ${identifier(column.name)}${noInherit(column)}${
    column.payload.options['notNullNotValid'] === true ? ' NOT VALID' : ''
  }`

/** `CONSTRAINT name NOT NULL column`. */
export const notNullConstraint = (column: Column, { after }: Pick<RuleContext, 'after'>): string =>
  `CONSTRAINT ${identifier(named(after, column))} NOT NULL ${identifier(column.name)}`

const target = (column: Column, base: FactBase): string => `CONSTRAINT ${identifier(named(base, column))} ON ${tableOf(column)}`

const comment = ({ payload }: Column): string | undefined =>
  payload.options['notNullComment'] === undefined ? undefined : String(payload.options['notNullComment'])

/** What a new column's NOT NULL has besides its clause. */
export function notNullExtras(column: Column, context: RuleContext): readonly Action[] {
  if (!namesNotNull(context) || !column.payload.notNull) return []
  return [
    // Children have it from here, and say more about it.
    ...(isUntried(column, context)
      ? [{ ...step(column, 'add', addClause(column, context.after), 'notNull', [false, true]), weight: 15 }]
      : []),
    ...newComment(column, target(column, context.after), comment(column)),
  ]
}

/** From one NOT NULL of a column to the other. Where parents come or go, what it is called is said between the two. */
export function notNullChanges(from: Column, to: Column, context: RuleContext, isGiven: boolean): readonly Action[] {
  const [old, now] = [from.payload, to.payload]
  const plain = (clause: string): Action => ({
    ...step(to, 'alter', `ALTER COLUMN ${identifier(to.name)} ${clause}`, 'notNull', [old.notNull, now.notNull]),
    consumes: [],
  })
  if (!now.notNull) return old.notNull ? [plain('DROP NOT NULL')] : []
  if (!namesNotNull(context)) return old.notNull || joinsNotNull(to.parent ?? '', to.name, context) ? [] : [plain('SET NOT NULL')]
  const clause = notNullClause(to, context)
  const said = comment(to)
  if (!old.notNull)
    return [
      ...(joinsNotNull(to.parent ?? '', to.name, context)
        ? []
        : [
            clause === ' NOT NULL' && !isUntried(to, context)
              ? plain('SET NOT NULL')
              : step(to, 'alter', addClause(to, context.after), 'notNull', [false, true]),
          ]),
      ...(said === undefined ? [] : [commentOn(to, 'alter', target(to, context.after), undefined, said)]),
    ]
  const option = (name: string): readonly [unknown, unknown] => [old.options[name], now.options[name]]
  const isChanged = (name: string): boolean => old.options[name] !== now.options[name]
  if (isUntried(to, context) && !isUntried(from, context))
    return [
      plain('DROP NOT NULL'),
      step(to, 'alter', addClause(to, context.after), 'notNullNotValid', option('notNullNotValid')),
      ...newComment(to, target(to, context.after), said),
    ]
  // The child comes to say what its parents say.
  const begins =
    (isChanged('notNullDeclared') && now.options['notNullDeclared'] === true) ||
    (isChanged('notNullInherited') && now.options['notNullInherited'] !== true && now.options['inherited'] !== true)
  const name = identifier(named(context.after, to))
  const renamed = isMoved(to.parent ?? '', context) ? [] : isGiven ? renameGiven(to, context) : renameNotNull(from, to, context)
  const inherits = isChanged('notNullNoInherit')
    ? [step(to, 'alter', `ALTER CONSTRAINT ${name}${noInherit(to) || ' INHERIT'}`, 'notNullNoInherit', option('notNullNoInherit'))]
    : []
  return [
    ...(begins ? [plain('SET NOT NULL')] : []),
    // What is given can be named no more, and is nobody's own.
    ...[...renamed, ...inherits].map((each) => (comesToBeGiven(to, context) ? aheadOfParents(each) : each)),
    ...(isChanged('notNullNoInherit') && now.options['notNullNoInherit'] === true ? dropLeft(to, context) : []),
    ...(isChanged('notNullNotValid')
      ? [step(to, 'alter', `VALIDATE CONSTRAINT ${name}`, 'notNullNotValid', option('notNullNotValid'))]
      : []),
    ...(comment(from) === said ? [] : [commentOn(to, 'alter', target(to, context.after), comment(from), said)]),
  ]
}

/** Without the order that a change of what stands on another has. */
const aheadOfParents = (each: Action): Action => ({ ...each, because: { ...each.because, change: 'rename' }, weight: 16 })

/** Children keep what a parent gave them, as their own. */
function dropLeft(column: Column, context: RuleContext): readonly Action[] {
  return tablesThatStayBelow(column.parent ?? '', context)
    .filter(({ id }) => notNullName(context.after, id, column.name) === undefined)
    .map(({ id }) => ({
      ...step(column, 'alter', '', 'notNull', [true, false]),
      sql: `ALTER TABLE ${objectName(id)} ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`,
      consumes: [id],
    }))
}

function renameNotNull(from: Column, to: Column, context: RuleContext): readonly Action[] {
  const [old, now] = [named(context.before, from), named(context.after, to)]
  if (old === '' || areAlike(old, now)) return []
  return [step(to, 'alter', `RENAME CONSTRAINT ${identifier(old)} TO ${identifier(now)}`, 'notNullName', [old, now])]
}

/** What a parent gives keeps its name as long as it does: a partition leaves for the rename, and comes back. */
function renameGiven(column: Column, context: RuleContext): readonly Action[] {
  const table = context.after.facts.get(column.parent ?? '')
  if (table?.kind !== 'table' || context.isAdded(table.id)) return []
  const [old, now] = [notNullName(context.before, table.id, column.name), named(context.after, column)]
  if (old === undefined || areAlike(old, now)) return []
  const name = objectName(table.id)
  const { partitionOf } = table.payload
  const isGiven = givenName(context.before, table.id, column.name) !== undefined
  // One of the child's own goes before that.
  if (!isGiven && !context.after.facts.has(column.id)) return []
  const [leave, join] =
    partitionOf === undefined || !isGiven
      ? [[], []]
      : [
          [`${objectName(partitionOf.table)} DETACH PARTITION ${name}`],
          [`${objectName(partitionOf.table)} ATTACH PARTITION ${name} ${partitionOf.bound}`],
        ]
  const clauses = [...leave, `${name} RENAME CONSTRAINT ${identifier(old)} TO ${identifier(now)}`, ...join]
  return clauses.map((clause) => ({
    ...step(column, 'alter', '', 'notNullName', [old, now]),
    sql: `ALTER TABLE ${clause}`,
    consumes: [table.id],
    together: `name ${column.id}`,
  }))
}

const hasMore = ({ payload: { options } }: Column): boolean =>
  options['notNullNoInherit'] === true || options['notNullNotValid'] === true || options['notNullComment'] !== undefined

/** The names that the server gave follow the table, and the column, where something hangs on them. */
export function followNotNull(
  table: Fact<'table'>,
  renames: readonly (readonly [fromTable: string, fromColumn: string, column: Column])[],
  context: RuleContext,
): readonly Action[] {
  if (!namesNotNull(context)) return []
  return renames.flatMap(([fromTable, fromColumn, column]) => {
    const [from, to] = [defaultNotNullName(fromTable, fromColumn), defaultNotNullName(table.name, column.name)]
    if (
      from === to ||
      !column.payload.notNull ||
      !hasMore(column) ||
      statedName(column) !== undefined ||
      givenName(context.after, table.id, column.name) !== undefined
    )
      return []
    return [
      action(table, 'rename', {
        sql: `ALTER TABLE ${qualified(table.schema, table.name)} RENAME CONSTRAINT ${identifier(from)} TO ${identifier(to)}`,
        title: `rename the NOT NULL of column ${column.name} of ${objectName(table.id)}`,
        lock: 'ACCESS EXCLUSIVE',
      }),
    ]
  })
}
