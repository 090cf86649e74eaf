import { negativeNumbers } from '../text/negative-numbers.ts'
import { bracket, ended, rest, take, takeName, takeSign, type Cursor } from '../text/cursor.ts'
import { nameOf, sliceOf, splitAtCommas } from '../text/tokens.ts'
import type { ParsedCheck, ParsedForeignKey } from './parsed-table.ts'

export type ParsedConstraint = { readonly foreignKey: ParsedForeignKey } | { readonly check: ParsedCheck }

/** A `CONSTRAINT` line of SHOW CREATE TABLE; undefined where the line is something else. */
export function parseConstraint(cursor: Cursor, unread: string[]): ParsedConstraint | undefined {
  const from = cursor.at
  if (!take(cursor, 'CONSTRAINT')) return undefined
  const name = takeName(cursor)
  if (take(cursor, 'FOREIGN', 'KEY')) {
    const foreignKey = foreignKeyOf(cursor, name, from)
    if (!ended(cursor)) unread.push(`foreign key ${name}: ${rest(cursor)}`)
    return { foreignKey }
  }
  if (!take(cursor, 'CHECK')) {
    unread.push(`constraint ${name}: ${rest(cursor)}`)
    return { check: { name, expression: '', enforced: true } }
  }
  const expression = negativeNumbers(sliceOf(cursor.sql, bracket(cursor)))
  const enforced = !take(cursor, 'NOT', 'ENFORCED')
  if (!ended(cursor)) unread.push(`check ${name}: ${rest(cursor)}`)
  return { check: { name, expression, enforced } }
}

function foreignKeyOf(cursor: Cursor, name: string, from: number): ParsedForeignKey {
  const names = (): readonly string[] => splitAtCommas(bracket(cursor)).map((run) => nameOf(run[0]))
  const columns = names()
  take(cursor, 'REFERENCES')
  const first = takeName(cursor)
  const qualified = takeSign(cursor, '.')
  const table = qualified ? takeName(cursor) : first
  const target = names()
  const actions = { onDelete: '', onUpdate: '' }
  for (;;) {
    if (take(cursor, 'ON', 'DELETE')) actions.onDelete = actionOf(cursor)
    else if (take(cursor, 'ON', 'UPDATE')) actions.onUpdate = actionOf(cursor)
    else break
  }
  const [start, end] = [cursor.tokens[from]?.start ?? 0, cursor.tokens[cursor.at - 1]?.end ?? 0]
  return { name, columns, database: qualified ? first : '', table, target, ...actions, text: cursor.sql.slice(start, end) }
}

function actionOf(cursor: Cursor): string {
  for (const words of [['CASCADE'], ['RESTRICT'], ['SET', 'NULL'], ['SET', 'DEFAULT'], ['NO', 'ACTION']])
    if (take(cursor, ...words)) return words.join(' ').toLowerCase()
  return ''
}
