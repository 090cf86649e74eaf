import { CODE, parseFactId, rowChanges, type Action, type Rule } from '@yama/schema'
import { quoteLiteral } from '@yama/sql'
import { quoteName } from '../text/names.ts'
import { action, reason } from './action.ts'

const literal = (text: string): string => quoteLiteral(text, 'sqlite')

/** The rows of a lookup table; those that somebody inserted by hand already are found, not inserted again. */
export const rows: Rule<'rows'> = (delta, context) => {
  const fact = delta.change === 'drop' ? delta.from : delta.to
  const { name } = parseFactId(fact.parent ?? '')
  const table = quoteName(name)
  const { added, moved, removed, fresh } = rowChanges(delta, context)
  const step = (sql: string, title: string, more: Partial<Action> = {}): Action => action(sql, title, reason(delta), more)
  const inserted = added.map((value) => `(${literal(value)})`).join(', ')
  return [
    ...(added.length === 0
      ? []
      : [
          step(
            `INSERT INTO ${table} (${CODE}) VALUES ${inserted}${fresh ? '' : ' ON CONFLICT DO NOTHING'}`,
            `insert ${added.join(', ')} into ${name}`,
            delta.change === 'add' ? { produces: [delta.id] } : {},
          ),
        ]),
    ...moved.map((one) => {
      const user = parseFactId(one.table).name
      const column = quoteName(one.column)
      return step(
        `UPDATE ${quoteName(user)} SET ${column} = ${literal(one.value)} WHERE ${column} = ${literal(one.old)}`,
        `rename value ${one.old} of ${user}.${one.column} to ${one.value}`,
      )
    }),
    ...(removed.length === 0
      ? []
      : [
          step(
            `DELETE FROM ${table} WHERE ${CODE} IN (${removed.map(literal).join(', ')})`,
            `remove ${removed.join(', ')} from ${name}`,
            delta.change === 'drop' ? { destroys: [delta.id] } : {},
          ),
        ]),
  ]
}
