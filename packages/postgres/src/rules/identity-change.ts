import type { Action, Fact, Identity, RuleContext } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { identityClause, nextValue } from './column-definition.ts'
import { renameSequence, serialOwner, serialSequence } from './column-extras.ts'
import { spokenTable, tableOf } from './names.ts'
import { sequenceOf } from './owned-sequences.ts'
import { identityNumbers, insideBounds, sequenceChanges, type SequenceNumbers } from './sequence-options.ts'

const kindOf = (identity: Identity | undefined): 'none' | 'serial' | 'identity' =>
  identity === undefined ? 'none' : identity.mode === 'serial' ? 'serial' : 'identity'

export interface Sides {
  readonly from: Fact<'column'>
  readonly to: Fact<'column'>
  /** True where a sequence of its own takes over the serial's sequence, or the other way round. */
  readonly keepsSequence: boolean
  /** The sequence that stood for itself and becomes the serial's. */
  readonly adopted?: Fact<'sequence'> | undefined
}

/** Whether the column goes on with the sequence that it has, takes over one that stood for itself, or gets a new one. */
export const keepsSequence = ({ from, to, adopted }: Sides): 'same' | 'new' | Fact<'sequence'> =>
  kindOf(from.payload.identity) === kindOf(to.payload.identity) ? 'same' : (adopted ?? 'new')

const step = ({ from, to }: Sides, sql: string): Action =>
  action(
    to,
    'alter',
    { sql, title: `numbers of column ${to.name} of ${spokenTable(to)}`, lock: 'ACCESS EXCLUSIVE' },
    changed('identity', from.payload.identity, to.payload.identity),
  )

const alter = (sides: Sides, clause: string): Action =>
  step(sides, `ALTER TABLE ${tableOf(sides.to)} ALTER COLUMN ${identifier(sides.to.name)} ${clause}`)

/** What must happen before the column's type and NOT NULL change: the old source of numbers goes. */
export function leaveIdentity(sides: Sides): readonly Action[] {
  const [before, after] = [kindOf(sides.from.payload.identity), kindOf(sides.to.payload.identity)]
  if (before === after) return []
  if (before === 'identity') return [alter(sides, 'DROP IDENTITY')]
  if (before !== 'serial') return []
  const { schema, name } = sequenceOf(sides.from)
  return [alter(sides, 'DROP DEFAULT'), ...(sides.keepsSequence ? [] : [step(sides, `DROP SEQUENCE ${qualified(schema, name)}`)])]
}

/** The new source of numbers, after the column may not be NULL any more; it goes on after the largest number that is there. */
export function enterIdentity(sides: Sides, context: RuleContext): readonly Action[] {
  const [before, after] = [kindOf(sides.from.payload.identity), kindOf(sides.to.payload.identity)]
  if (before === after) return after === 'none' ? [] : [...sameKind(sides)]
  if (after === 'none') return []
  const sequence = literal(qualified(sequenceOf(sides.to).schema, sequenceOf(sides.to).name))
  const start = identityNumbers(sides.to.payload.identity ?? { mode: 'always' }, sides.to.payload.type).start
  const column = identifier(sides.to.name)
  const goOn = step(
    sides,
    `SELECT setval(${sequence}, greatest(max(${column}) + 1, ${start}), false) FROM ${tableOf(sides.to)} HAVING max(${column}) IS NOT NULL`,
  )
  if (after === 'identity') return [alter(sides, `ADD ${identityClause(sides.to)}`), goOn]
  return [
    ...(sides.keepsSequence ? adopt(sides) : serialSequence(sides.to, sides.to, context, 'alter')),
    alter(sides, `SET DEFAULT ${nextValue(sides.to)}`),
    ...serialOwner(sides.to, sides.to, 'alter'),
    ...(sides.keepsSequence ? [] : [goOn]),
  ]
}

/** Brings the numbers of a sequence that stood for itself to those of the serial column. */
function adopt(sides: Sides): readonly Action[] {
  const { adopted, to } = sides
  if (adopted === undefined) return []
  const { identity, type } = to.payload
  const numbers = identityNumbers(identity ?? { mode: 'serial' }, type)
  return numberChanges(
    sides,
    qualified(adopted.schema, adopted.name),
    adopted.payload,
    numbers,
    adopted.payload.type === type ? [] : [`AS ${type}`],
    [adopted.payload.type, type],
  )
}

/** A sequence that is from now on part of the column is no fact any more; the column's last action says so. */
export function takeOver({ adopted }: Sides, actions: readonly Action[]): readonly Action[] {
  if (adopted === undefined) return actions
  return actions.map((each, index) => (index === actions.length - 1 ? { ...each, destroys: [adopted.id] } : each))
}

const WIDTH: readonly string[] = ['smallint', 'integer', 'bigint']

/** An identity whose bounds would not fit into the narrower type gets its new bounds before the type changes. */
export function narrowIdentity(sides: Sides): readonly Action[] {
  const { from, to } = sides
  const [before, after] = [from.payload.identity, to.payload.identity]
  if (before === undefined || after === undefined || !isNarrowing(sides)) return []
  const sequence = sequenceOf(from)
  return numberChanges(
    sides,
    qualified(sequence.schema, sequence.name),
    identityNumbers(before, from.payload.type),
    identityNumbers(after, to.payload.type),
    [],
  )
}

const isNarrowing = ({ from, to }: Sides): boolean =>
  from.payload.identity !== undefined &&
  from.payload.identity.mode !== 'serial' &&
  to.payload.identity !== undefined &&
  to.payload.identity.mode !== 'serial' &&
  WIDTH.indexOf(to.payload.type) < WIDTH.indexOf(from.payload.type)

function numberChanges(
  sides: Sides,
  name: string,
  from: SequenceNumbers,
  to: SequenceNumbers,
  first: readonly string[],
  types?: readonly [from: string, to: string],
): readonly Action[] {
  const clauses = [...first, ...sequenceChanges(from, to, types)]
  if (clauses.length === 0) return []
  return [...insideBounds(name, from, to, literal(name)), `ALTER SEQUENCE ${name} ${clauses.join(' ')}`].map((sql) => step(sides, sql))
}

function sameKind(sides: Sides): readonly Action[] {
  const { from, to } = sides
  const [before, after] = [from.payload.identity, to.payload.identity]
  if (before === undefined || after === undefined) return []
  const sequence = sequenceOf(to)
  const name = qualified(sequence.schema, sequence.name)
  const numbers = identityNumbers(after, to.payload.type)
  // The server moves the bounds of an identity along with its type, but leaves a serial's sequence as it is.
  const retyped = from.payload.type !== to.payload.type
  const current = isNarrowing(sides) ? numbers : identityNumbers(before, after.mode === 'serial' ? from.payload.type : to.payload.type)
  return [
    ...renameSequence(sequenceOf(from).name, to, to, 'alter'),
    ...(before.mode === after.mode ? [] : [alter(sides, `SET GENERATED ${after.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT'}`)]),
    ...numberChanges(sides, name, current, numbers, retyped && after.mode === 'serial' ? [`AS ${to.payload.type}`] : []),
  ]
}
