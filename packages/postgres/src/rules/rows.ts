import { CODE, parseFactId, rowChanges, type Action, type Rule } from '@yama/schema'
import { identifier, literal, qualified } from '../types/quoted.ts'
import { action, changed } from './action.ts'

/** The rows of a lookup table; those that somebody inserted by hand already are found, not inserted again. */
export const rowsRule: Rule<'rows'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const parent = parseFactId(fact.parent ?? '')
  const table = qualified(parent.schema, parent.name)
  const { added, moved, removed, fresh } = rowChanges(delta, context)
  const because =
    delta.change === 'alter' ? changed('values', delta.from.payload.values.join(', '), delta.to.payload.values.join(', ')) : {}
  const step = (sql: string, title: string, more: Partial<Pick<Action, 'produces' | 'destroys'>> = {}): Action =>
    action(fact, delta.change === 'rename' ? 'alter' : delta.change, { sql, title, lock: 'ROW EXCLUSIVE', ...more }, because)
  const inserted = added.map((value) => `(${literal(value)})`).join(', ')
  return [
    ...(added.length === 0
      ? []
      : [
          step(
            `INSERT INTO ${table} (${CODE}) VALUES ${inserted}${fresh ? '' : ' ON CONFLICT DO NOTHING'}`,
            `insert ${added.join(', ')} into ${parent.name}`,
            delta.change === 'add' ? { produces: [delta.id] } : {},
          ),
        ]),
    ...moved.map(({ table: user, column, old, value }) => {
      const { schema, name } = parseFactId(user)
      return step(
        `UPDATE ${qualified(schema, name)} SET ${identifier(column)} = ${literal(value)} WHERE ${identifier(column)} = ${literal(old)}`,
        `rename value ${old} of ${name}.${column} to ${value}`,
      )
    }),
    ...(removed.length === 0
      ? []
      : [
          step(
            `DELETE FROM ${table} WHERE ${CODE} IN (${removed.map(literal).join(', ')})`,
            `remove ${removed.join(', ')} from ${parent.name}`,
            delta.change === 'drop' ? { destroys: [delta.id] } : {},
          ),
        ]),
  ]
}
