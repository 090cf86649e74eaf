import { parseFactId, type Action, type Fact, type FactId, type Rule, type RuleContext } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { commentOn, newComment } from './comment.ts'
import { objectName, spoken } from './names.ts'
import { serialOf } from './owned-sequences.ts'
import { renameObject } from './rename.ts'
import {
  identityNumbers,
  insideBounds,
  movedBounds,
  newSequenceClauses,
  sequenceChanges,
  type SequenceNumbers,
} from './sequence-options.ts'
import { standingPersistence } from './sequence-persistence.ts'

const ownerClause = (column: FactId): string => {
  const { schema, table, name } = parseFactId(column)
  return `${qualified(schema, table ?? '')}.${identifier(name)}`
}

/** Belonging to a column comes last: the column may need the sequence for its default. An owner that goes is left before that. */
function owning(fact: Fact<'sequence'>, change: 'add' | 'alter', from: FactId | undefined, context: RuleContext): readonly Action[] {
  const column = fact.payload.ownedBy
  if (column === from) return []
  const give = (owner: string, parts: Partial<Pick<Action, 'consumes' | 'releases'>>): Action =>
    action(
      fact,
      change,
      { sql: `ALTER SEQUENCE ${objectName(fact.id)} OWNED BY ${owner}`, title: `owner of sequence ${spoken(fact)}`, ...parts },
      changed('ownedBy', from, column),
    )
  const releases = from === undefined ? [] : [from]
  if (column === undefined) return [give('NONE', { consumes: [fact.id], releases })]
  const consumes = [fact.id, column]
  if (from === undefined || !context.isDropped(from)) return [give(ownerClause(column), { consumes, releases })]
  return [give('NONE', { consumes: [fact.id], releases }), give(ownerClause(column), { consumes })]
}

function changes(
  fact: Fact<'sequence'>,
  from: SequenceNumbers & { readonly type: string },
  to: SequenceNumbers & { readonly type: string },
): readonly Action[] {
  const name = objectName(fact.id)
  const clauses = [...(from.type === to.type ? [] : [`AS ${to.type}`]), ...sequenceChanges(from, to, [from.type, to.type])]
  if (clauses.length === 0) return []
  const title = `alter sequence ${spoken(fact)}`
  return [
    ...insideBounds(name, from, to, literal(name)).map((sql) => action(fact, 'alter', { sql, title })),
    action(
      fact,
      'alter',
      { sql: `ALTER SEQUENCE ${name} ${clauses.join(' ')}`, title, lock: 'SHARE ROW EXCLUSIVE' },
      changed('numbers', from, to),
    ),
  ]
}

export const sequenceRule: Rule<'sequence'> = (delta, context) => {
  const name = objectName(delta.id)
  const target = `SEQUENCE ${name}`
  if (delta.change === 'add') {
    const fact = delta.to
    const serial = serialOf(context.before, fact)
    // What was the sequence of a serial column stays where it is and from now on stands for itself.
    if (serial !== undefined && !context.isDropped(serial.id)) {
      const numbers = { ...identityNumbers(serial.payload.identity ?? { mode: 'serial' }, serial.payload.type), type: serial.payload.type }
      const adopt = action(fact, 'add', {
        sql: `ALTER SEQUENCE ${name} AS ${fact.payload.type}`,
        title: `keep sequence ${spoken(fact)}`,
        produces: [fact.id],
      })
      return [
        adopt,
        ...changes(fact, { ...numbers, ...movedBounds(numbers, [numbers.type, fact.payload.type]), type: fact.payload.type }, fact.payload),
        ...owning(fact, 'add', serial.id, context),
        ...standingPersistence(fact, 'add', { serial }, context),
        ...newComment(fact, target, fact.payload.comment),
      ]
    }
    const clauses = [
      ...(fact.payload.type === 'bigint' ? [] : [`AS ${fact.payload.type}`]),
      ...newSequenceClauses(fact.payload, fact.payload.type),
    ]
    const sql = `CREATE ${fact.payload.unlogged === true ? 'UNLOGGED ' : ''}SEQUENCE ${[name, ...clauses].join(' ')}`
    return [
      action(fact, 'add', { sql, title: `create sequence ${spoken(fact)}`, produces: [fact.id] }),
      ...owning(fact, 'add', undefined, context),
      ...newComment(fact, target, fact.payload.comment),
    ]
  }
  if (delta.change === 'drop') {
    const owner = delta.from.payload.ownedBy
    // It goes with its column, and the action that drops the column says so.
    if (owner !== undefined && context.isDropped(owner)) return []
    const serial = serialOf(context.after, delta.from)
    if (serial !== undefined && context.before.facts.has(serial.id)) return []
    const loses = `the current number of sequence ${spoken(delta.from)}`
    return [
      action(delta.from, 'drop', {
        sql: `DROP SEQUENCE ${name}`,
        title: `drop sequence ${spoken(delta.from)}`,
        destroys: [delta.id],
        lock: 'ACCESS EXCLUSIVE',
        loss: 'certain',
        loses,
        reversibility: 'lossy',
      }),
    ]
  }
  if (delta.change === 'rename') return renameObject('SEQUENCE', delta.from, delta.to)
  const { from, to } = delta
  return [
    ...changes(to, from.payload, to.payload),
    ...standingPersistence(to, 'alter', from, context),
    ...owning(to, 'alter', from.payload.ownedBy, context),
    ...(from.payload.comment === to.payload.comment ? [] : [commentOn(to, 'alter', target, from.payload.comment, to.payload.comment)]),
  ]
}
