import type { Action, Fact, Identity } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { identityClause, nextValue } from './column-definition.ts'
import { renameSequence, serialOwner, serialSequence } from './column-extras.ts'
import { spokenTable, tableOf } from './names.ts'
import { sequenceOf } from './owned-sequences.ts'
import { identityNumbers, insideBounds, sequenceChanges } from './sequence-options.ts'

const kindOf = (identity: Identity | undefined): 'none' | 'serial' | 'identity' => (identity === undefined ? 'none' : identity.mode === 'serial' ? 'serial' : 'identity')

interface Sides {
  readonly from: Fact<'column'>
  readonly to: Fact<'column'>
  /** True where a sequence of its own takes over the serial's sequence, or the other way round. */
  readonly keepsSequence: boolean
}

const step = ({ from, to }: Sides, sql: string): Action =>
  action(to, 'alter', { sql, title: `numbers of column ${to.name} of ${spokenTable(to)}`, lock: 'ACCESS EXCLUSIVE' }, changed('identity', from.payload.identity, to.payload.identity))

const alter = (sides: Sides, clause: string): Action => step(sides, `ALTER TABLE ${tableOf(sides.to)} ALTER COLUMN ${identifier(sides.to.name)} ${clause}`)

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
export function enterIdentity(sides: Sides): readonly Action[] {
  const [before, after] = [kindOf(sides.from.payload.identity), kindOf(sides.to.payload.identity)]
  if (before === after) return after === 'none' ? [] : [...sameKind(sides)]
  if (after === 'none') return []
  const sequence = literal(qualified(sequenceOf(sides.to).schema, sequenceOf(sides.to).name))
  const start = identityNumbers(sides.to.payload.identity ?? { mode: 'always' }, sides.to.payload.type).start
  const column = identifier(sides.to.name)
  const goOn = step(sides, `SELECT setval(${sequence}, greatest(max(${column}) + 1, ${start}), false) FROM ${tableOf(sides.to)} HAVING max(${column}) IS NOT NULL`)
  if (after === 'identity') return [alter(sides, `ADD ${identityClause(sides.to)}`), goOn]
  return [
    ...(sides.keepsSequence ? [] : serialSequence(sides.to, sides.to, 'alter')),
    alter(sides, `SET DEFAULT ${nextValue(sides.to)}`),
    ...serialOwner(sides.to, sides.to, 'alter'),
    ...(sides.keepsSequence ? [] : [goOn]),
  ]
}

function sameKind(sides: Sides): readonly Action[] {
  const { from, to } = sides
  const [before, after] = [from.payload.identity, to.payload.identity]
  if (before === undefined || after === undefined) return []
  const old = sequenceOf(from)
  const sequence = sequenceOf(to)
  const name = qualified(sequence.schema, sequence.name)
  const numbers = [identityNumbers(before, from.payload.type), identityNumbers(after, to.payload.type)] as const
  // The server moves the bounds of an identity along with its type, but leaves a serial's sequence as it is.
  const retyped = from.payload.type !== to.payload.type && after.mode === 'serial'
  const start = from.payload.type === to.payload.type || after.mode === 'serial' ? numbers[0] : identityNumbers(before, to.payload.type)
  const clauses = [...(retyped ? [`AS ${to.payload.type}`] : []), ...sequenceChanges(start, numbers[1])]
  return [
    ...renameSequence(old.name, to, to, 'alter'),
    ...(before.mode === after.mode ? [] : [alter(sides, `SET GENERATED ${after.mode === 'always' ? 'ALWAYS' : 'BY DEFAULT'}`)]),
    ...(clauses.length === 0 ? [] : [...insideBounds(name, start, numbers[1], literal(name)).map((sql) => step(sides, sql)), step(sides, `ALTER SEQUENCE ${name} ${clauses.join(' ')}`)]),
  ]
}
