import { ended, next, peek, rest, take, takeName, takeSign, type Cursor } from '../text/cursor.ts'
import { nameOf, stringOf } from '../text/tokens.ts'
import { TABLE_OPTIONS } from '../types/table-options.ts'
import type { ParsedTable } from './parsed-table.ts'

/** What stands behind the bracket of a CREATE TABLE. */
export function parseTableOptions(cursor: Cursor, unread: string[]): Pick<ParsedTable, 'charset' | 'collation' | 'comment' | 'options'> {
  const found: { charset?: string; collation?: string; comment?: string } = {}
  const options: Record<string, string | boolean> = {}
  while (!ended(cursor)) {
    if (take(cursor, 'PARTITION', 'BY')) {
      options['partition'] = onOneLine(cursor)
      cursor.at = cursor.tokens.length
    } else if (take(cursor, 'WITH', 'SYSTEM', 'VERSIONING')) options['systemVersioned'] = true
    else if (take(cursor, 'DEFAULT', 'CHARSET')) found.charset = valueOf(cursor)
    else if (take(cursor, 'COLLATE')) found.collation = valueOf(cursor)
    else if (take(cursor, 'COMMENT')) {
      takeSign(cursor, '=')
      found.comment = stringOf(next(cursor))
      // The next number is data, not schema.
    } else if (take(cursor, 'AUTO_INCREMENT')) valueOf(cursor)
    else if (!option(cursor, options)) unread.push(rest(cursor))
  }
  return { ...found, options }
}

function option(cursor: Cursor, options: Record<string, string | boolean>): boolean {
  const word = nameOf(peek(cursor)).toUpperCase()
  const known = TABLE_OPTIONS.find((one) => one.word === word)
  if (known === undefined) return false
  cursor.at++
  const value = valueOf(cursor)
  if (value.toUpperCase() !== known.usual) options[known.name] = known.name === 'engine' ? value : value.toLowerCase()
  return true
}

/** What is left, with one space where the server breaks lines; texts are as they are. */
function onOneLine({ tokens, at }: Cursor): string {
  return tokens
    .slice(at)
    .map(({ text, start }, index, all) => {
      const before = all[index - 1]
      return before === undefined || before.end === start || before.kind === 'open' ? text : ` ${text}`
    })
    .join('')
}

function valueOf(cursor: Cursor): string {
  takeSign(cursor, '=')
  return peek(cursor)?.kind === 'string' ? stringOf(next(cursor)) : takeName(cursor)
}
