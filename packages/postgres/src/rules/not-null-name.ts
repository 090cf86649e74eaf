import { columnOf, parentsOf, parseFactId, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { defaultNotNullName, isServerNotNullName } from '../types/default-name.ts'

export type Column = Fact<'column'>
export type Server = Pick<RuleContext, 'server'>

/** Since 18 a NOT NULL is a constraint, with a name that pg_dump shows and ALTER TABLE wants. */
export const namesNotNull = ({ server }: Server): boolean => server.major >= 18

/** The name of the NOT NULL that a table has from its parents. */
export function givenName(base: FactBase, table: FactId, column: string): string | undefined {
  const fact = base.facts.get(table)
  if (fact?.kind !== 'table') return undefined
  for (const parent of parentsOf(fact.payload)) if (givesNotNull(base, parent, column)) return notNullName(base, parent, column)
  return undefined
}

/** True where the children of a table have its NOT NULL. */
export const givesNotNull = (base: FactBase, table: FactId, column: string): boolean =>
  !isNoInherit(base, table, column) && notNullName(base, table, column) !== undefined

/** True where a table comes to have, from a parent, the NOT NULL that it says itself until then: the server merges the two, and keeps what the table says. */
export const comesToBeGiven = ({ parent = '', name }: Column, context: RuleContext): boolean =>
  namesNotNull(context) &&
  givenName(context.before, parent, name) === undefined &&
  givenName(context.after, parent, name) !== undefined &&
  !isMoved(parent, context)

/** True where a parent keeps its NOT NULL to itself from now on, and the table goes on with the one that it had from there. */
export function isLeftWith({ parent = '', name }: Column, context: RuleContext): boolean {
  const table = context.after.facts.get(parent)
  if (!namesNotNull(context) || table?.kind !== 'table' || givenName(context.before, parent, name) === undefined) return false
  return (
    notNullName(context.after, parent, name) !== undefined && parentsOf(table.payload).some((above) => keepsToItself(above, name, context))
  )
}

const isNoInherit = (base: FactBase, table: FactId, column: string): boolean => {
  const own = base.facts.get(columnOf(table, column))
  return own?.kind === 'column' && own.payload.notNull && own.payload.options['notNullNoInherit'] === true
}

const keepsToItself = (table: FactId, column: string, { before, after }: RuleContext): boolean =>
  isNoInherit(after, table, column) && !isNoInherit(before, table, column) && notNullName(before, table, column) !== undefined

/** The name that somebody chose. */
export const statedName = ({ payload }: Column): string | undefined =>
  payload.options['notNullName'] === undefined ? undefined : String(payload.options['notNullName'])

/** The name of a column's NOT NULL; none where it may be null. */
export function notNullName(base: FactBase, table: FactId, column: string): string | undefined {
  const own = base.facts.get(columnOf(table, column))
  if (own?.kind !== 'column') return givenName(base, table, column)
  if (!own.payload.notNull) return undefined
  return statedName(own) ?? givenName(base, table, column) ?? defaultNotNullName(parseFactId(table).name, column)
}

const familyOf = (base: FactBase, table: FactId): string => {
  const fact = base.facts.get(table)
  return JSON.stringify(fact?.kind === 'table' ? [fact.payload.partitionOf?.table, fact.payload.inherits] : [])
}

/** True where a table gets other parents. */
export const isMoved = (table: FactId, { before, after }: RuleContext): boolean => familyOf(before, table) !== familyOf(after, table)

/** No other name that means anything: a server before 18, which may run the migration too, has none to rename. */
export const areAlike = (old: string, now: string): boolean => old === now || (isServerNotNullName(old) && isServerNotNullName(now))

const parentsIn = (base: FactBase, table: FactId): readonly FactId[] => {
  const fact = base.facts.get(table)
  return fact?.kind === 'table' ? parentsOf(fact.payload) : []
}

/** True where a table joins a parent that has this NOT NULL: the server lets no table in that lacks it. */
export function joinsNotNull(table: FactId, column: string, { before, after }: RuleContext): boolean {
  const known = parentsIn(before, table)
  return parentsIn(after, table).some((parent) => !known.includes(parent) && givesNotNull(after, parent, column))
}
