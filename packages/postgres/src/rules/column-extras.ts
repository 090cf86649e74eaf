import { memberId, type Action, type AnyFact, type Fact, type RuleContext } from '@yama/schema'
import { identifier, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { isPlainSerial } from './column-definition.ts'
import { optionChanges } from './column-options.ts'
import { newComment } from './comment.ts'
import { tableOf } from './names.ts'
import { notNullExtras } from './not-null.ts'
import { holdersOf, sequenceOf } from './owned-sequences.ts'
import { identityNumbers, newSequenceClauses } from './sequence-options.ts'
import { persistenceOfNew } from './sequence-persistence.ts'

/** What a new column has besides its definition. */
export function columnExtras(column: Fact<'column'>, context: RuleContext): readonly Action[] {
  return [
    ...optionChanges(column, 'add', {}, column.payload.options, context),
    ...persistenceOfNew(column, column.payload.identity?.mode === 'serial' && !isPlainSerial(column), context),
    ...notNullExtras(column, context),
    ...newComment(column, `COLUMN ${tableOf(column)}.${identifier(column.name)}`, column.payload.comment),
  ]
}

/** The sequence of a serial column for which the word `serial` does not say enough; before the column. `cause` is the fact the action is for. */
export function serialSequence(
  column: Fact<'column'>,
  cause: AnyFact,
  { before }: RuleContext,
  change: 'add' | 'alter' = 'add',
): readonly Action[] {
  const { identity, type } = column.payload
  if (identity?.mode !== 'serial' || (change === 'add' && isPlainSerial(column))) return []
  const { schema, name } = sequenceOf(column)
  const clauses = [...(type === 'bigint' ? [] : [`AS ${type}`]), ...newSequenceClauses(identityNumbers(identity, type), type)]
  return [
    action(cause, change, {
      sql: `CREATE SEQUENCE ${[qualified(schema, name), ...clauses].join(' ')}`,
      title: `create the sequence of column ${column.name}`,
      after: holdersOf(before, { schema, name }),
    }),
  ]
}

/** … and after the column, so that it goes with it. */
export function serialOwner(column: Fact<'column'>, cause: AnyFact, change: 'add' | 'alter' = 'add'): readonly Action[] {
  if (column.payload.identity?.mode !== 'serial' || (change === 'add' && isPlainSerial(column))) return []
  const { schema, name } = sequenceOf(column)
  const sql = `ALTER SEQUENCE ${qualified(schema, name)} OWNED BY ${tableOf(column)}.${identifier(column.name)}`
  return [action(cause, change, { sql, title: `give column ${column.name} its sequence` })]
}

/** Sequences with the server's own names follow the table, so that the name stays the server's own. */
export function followSequences(from: Fact<'table'>, to: Fact<'table'>, context: RuleContext): readonly Action[] {
  if (from.name === to.name) return []
  return context.children(to.id, 'column', 'after').flatMap((column): readonly Action[] => {
    if (column.payload.identity === undefined || column.payload.identity.sequence !== undefined) return []
    return renameSequence(sequenceOf({ ...column, id: memberId('column', to.schema, from.name, column.name) }).name, column, to)
  })
}

/** Renames the sequence of an identity or serial column to the name it has in `column`. */
export function renameSequence(
  old: string,
  column: Fact<'column'>,
  cause: AnyFact,
  change: 'rename' | 'alter' = 'rename',
): readonly Action[] {
  const { schema, name } = sequenceOf(column)
  if (old === name) return []
  const sql = `ALTER SEQUENCE ${qualified(schema, old)} RENAME TO ${identifier(name)}`
  return [
    action(
      cause,
      change,
      { sql, title: `rename the sequence of column ${column.name}`, lock: 'ACCESS EXCLUSIVE' },
      changed('sequence', old, name),
    ),
  ]
}
