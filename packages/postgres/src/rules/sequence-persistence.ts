import { childrenOf, type Action, type AnyFact, type Fact, type FactBase, type FactId, type RuleContext } from '@yama/schema'
import { qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { objectName } from './names.ts'
import { sequenceOf } from './owned-sequences.ts'

/** Sequences can be unlogged since this version; on those before each is logged, whatever its table is. */
const SINCE = 15

const isUnlogged = (base: FactBase, table: FactId | undefined): boolean => {
  const fact = base.facts.get(table ?? '')
  return fact?.kind === 'table' && fact.payload.options['unlogged'] === true
}

/** Whether the sequence of an identity or serial column is unlogged: as its table, unless the column says otherwise. */
const isUnloggedFor = (base: FactBase, { parent, payload }: Fact<'column'>): boolean =>
  payload.options['sequence'] === undefined ? isUnlogged(base, parent) : payload.options['sequence'] === 'unlogged'

const goesOver = (table: FactId | undefined, { before, after }: RuleContext): boolean =>
  isUnlogged(before, table) !== isUnlogged(after, table)

const wordOf = (unlogged: boolean): string => (unlogged ? 'unlogged' : 'logged')

function setPersistence(cause: AnyFact, change: 'add' | 'alter', sequence: string, unlogged: boolean, from: boolean): Action {
  return action(
    cause,
    change,
    {
      sql: `ALTER SEQUENCE ${sequence} SET ${wordOf(unlogged).toUpperCase()}`,
      title: `make sequence ${sequence} ${wordOf(unlogged)}`,
      lock: 'ACCESS EXCLUSIVE',
      consumes: [cause.id],
      // A table that goes over takes its sequences along.
      after: cause.parent === undefined ? [] : [cause.parent],
    },
    changed('sequence', wordOf(from), wordOf(unlogged)),
  )
}

function ownPersistence(column: Fact<'column'>, change: 'add' | 'alter', from: boolean, context: RuleContext): readonly Action[] {
  const to = isUnloggedFor(context.after, column)
  const isStated = goesOver(column.parent, context) && column.payload.options['sequence'] !== undefined
  if (context.server.major < SINCE || column.payload.identity === undefined || (from === to && !isStated)) return []
  const { schema, name } = sequenceOf(column)
  return [setPersistence(column, change, qualified(schema, name), to, from)]
}

/** Of a new column: its sequence comes as its table is, and logged where it is made by itself. */
export const persistenceOfNew = (column: Fact<'column'>, isMadeByItself: boolean, context: RuleContext): readonly Action[] =>
  ownPersistence(column, 'add', !isMadeByItself && isUnlogged(context.after, column.parent), context)

/** Of a column that had this sequence before, or one that stood for itself, or none. */
export function persistenceChange(
  from: Fact<'column'>,
  to: Fact<'column'>,
  sequence: 'same' | 'new' | Fact<'sequence'>,
  context: RuleContext,
): readonly Action[] {
  const unlogged =
    sequence === 'new'
      ? to.payload.identity?.mode !== 'serial' && isUnlogged(context.after, to.parent)
      : sequence === 'same'
        ? goesOver(to.parent, context)
          ? isUnlogged(context.after, to.parent)
          : isUnloggedFor(context.before, from)
        : sequence.payload.unlogged === true
  return ownPersistence(to, 'alter', unlogged, context)
}

/** Of a sequence that stands for itself and was in `from` before; `serial`: the column that it made a serial until now. */
export function standingPersistence(
  sequence: Fact<'sequence'>,
  change: 'add' | 'alter',
  from: Fact<'sequence'> | { readonly serial: Fact<'column'> },
  { before, server }: RuleContext,
): readonly Action[] {
  const to = sequence.payload.unlogged === true
  const unlogged = 'serial' in from ? isUnloggedFor(before, from.serial) : from.payload.unlogged === true
  return server.major < SINCE || unlogged === to ? [] : [setPersistence(sequence, change, objectName(sequence.id), to, unlogged)]
}

/** Those that stand for themselves and belong to a column of a table that goes over: it takes them along, and they are brought back. */
export function sequencesThatStay(table: Fact<'table'>, context: RuleContext): readonly Action[] {
  const { before, after, server } = context
  if (server.major < SINCE || !goesOver(table.id, context)) return []
  const unlogged = isUnlogged(after, table.id)
  const columns = new Set<FactId | undefined>([before, after].flatMap((base) => childrenOf(base, table.id).map(({ id }) => id)))
  const belongs = (fact: AnyFact | undefined): boolean => fact?.kind === 'sequence' && columns.has(fact.payload.ownedBy)
  return [...after.facts.values()].flatMap((fact) => {
    if (fact.kind !== 'sequence' || ![fact, before.facts.get(fact.id)].some(belongs)) return []
    const own = fact.payload.unlogged === true
    if (own === unlogged) return []
    return [{ ...setPersistence(table, 'alter', objectName(fact.id), own, unlogged), consumes: [table.id, fact.id] }]
  })
}
