import { columnOf, parentsOf, parseFactId, type Action, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { defaultNotNullName, isServerNotNullName } from '../types/default-name.ts'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spokenTable, tableOf } from './names.ts'

type Column = Fact<'column'>
type Server = Pick<RuleContext, 'server'>

/** Since 18 a NOT NULL is a constraint, with a name that pg_dump shows and ALTER TABLE wants. */
export const namesNotNull = ({ server }: Server): boolean => server.major >= 18

/** The name of the NOT NULL that a table has from its parents. */
function givenName(base: FactBase, table: FactId, column: string): string | undefined {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return undefined
  for (const parent of parentsOf(fact.payload)) {
    const own = base.facts.get(columnOf(parent, column))
    if (own?.kind === 'column' && own.payload.options['notNullNoInherit'] === true) continue
    const name = notNullName(base, parent, column)
    if (name !== undefined) return name
  }
  return undefined
}

const statedName = ({ payload }: Column): string | undefined =>
  payload.options['notNullName'] === undefined ? undefined : String(payload.options['notNullName'])

/** The name of a column's NOT NULL; none where it may be null. */
export function notNullName(base: FactBase, table: FactId, column: string): string | undefined {
  const own = base.facts.get(columnOf(table, column))
  if (own?.kind !== 'column') return givenName(base, table, column)
  if (!own.payload.notNull) return undefined
  return statedName(own) ?? givenName(base, table, column) ?? defaultNotNullName(parseFactId(table).name, column)
}

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
  const says = statedName(column) !== undefined || name !== usual || isTaken(context.before, column, name)
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
  if (!namesNotNull(context)) return old.notNull ? [] : [plain('SET NOT NULL')]
  const clause = notNullClause(to, context)
  const said = comment(to)
  if (!old.notNull)
    return [
      clause === ' NOT NULL' && !isUntried(to, context)
        ? plain('SET NOT NULL')
        : step(to, 'alter', addClause(to, context.after), 'notNull', [false, true]),
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
  return [
    ...(begins ? [plain('SET NOT NULL')] : []),
    ...renamed,
    ...(isChanged('notNullNoInherit')
      ? [step(to, 'alter', `ALTER CONSTRAINT ${name}${noInherit(to) || ' INHERIT'}`, 'notNullNoInherit', option('notNullNoInherit'))]
      : []),
    ...(isChanged('notNullNotValid')
      ? [step(to, 'alter', `VALIDATE CONSTRAINT ${name}`, 'notNullNotValid', option('notNullNotValid'))]
      : []),
    ...(comment(from) === said ? [] : [commentOn(to, 'alter', target(to, context.after), comment(from), said)]),
  ]
}

const familyOf = (base: FactBase, table: FactId): string => {
  const fact = base.facts.get(table)
  return JSON.stringify(fact?.kind === 'table' ? [fact.payload.partitionOf?.table, fact.payload.inherits] : [])
}

/** True where a table gets other parents. */
const isMoved = (table: FactId, { before, after }: RuleContext): boolean => familyOf(before, table) !== familyOf(after, table)

/** No other name that means anything: a server before 18, which may run the migration too, has none to rename. */
export const areAlike = (old: string, now: string): boolean => old === now || (isServerNotNullName(old) && isServerNotNullName(now))

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
  // One of the child's own would stay beside what the parent comes to give.
  if (!isGiven && !context.after.facts.has(column.id))
    return [
      {
        ...step(column, 'alter', `ALTER COLUMN ${identifier(column.name)} DROP NOT NULL`, 'notNullName', [old, now]),
        consumes: [table.id],
      },
    ]
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
