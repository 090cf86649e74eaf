import type { Token } from '@yama/sql'
import { bracket, ended, next, peek, rest, take, takeName, takeSign, type Cursor } from '../text/cursor.ts'
import { closing, nameOf, sliceOf, splitAtCommas, stringOf, wordOf } from '../text/tokens.ts'
import type { ParsedKey, ParsedKeyPart } from './parsed-table.ts'

const KINDS: readonly (readonly [words: readonly string[], kind: ParsedKey['kind']])[] = [
  [['PRIMARY', 'KEY'], 'primary'],
  [['UNIQUE', 'KEY'], 'unique'],
  [['FULLTEXT', 'KEY'], 'fulltext'],
  [['SPATIAL', 'KEY'], 'spatial'],
  [['VECTOR', 'KEY'], 'vector'],
  [['KEY'], 'plain'],
]

/** A key's line of SHOW CREATE TABLE; undefined where the line is no key. */
export function parseKey(cursor: Cursor, unread: string[]): ParsedKey | undefined {
  const kind = KINDS.find(([words]) => take(cursor, ...words))?.[1]
  if (kind === undefined) return undefined
  const name = kind === 'primary' ? 'PRIMARY' : takeName(cursor)
  const options: Record<string, string | boolean> = {}
  const parts: ParsedKeyPart[] = []
  for (const run of splitAtCommas(bracket(cursor))) {
    // The last part may be a period of MariaDB.
    if (run.length === 3 && wordOf(run[1]) === 'WITHOUT' && wordOf(run[2]) === 'OVERLAPS') options['withoutOverlaps'] = nameOf(run[0])
    else parts.push(partOf(cursor.sql, run, unread, name))
  }
  let comment: string | undefined
  while (!ended(cursor)) {
    if (take(cursor, 'USING')) options['using'] = takeName(cursor).toLowerCase()
    else if (take(cursor, 'COMMENT')) comment = stringOf(next(cursor))
    else if (take(cursor, 'INVISIBLE')) options['invisible'] = true
    else if (take(cursor, 'IGNORED')) options['ignored'] = true
    else if (take(cursor, 'WITH', 'PARSER')) options['parser'] = takeName(cursor)
    else if (wordOf(peek(cursor)) === 'KEY_BLOCK_SIZE') {
      cursor.at++
      takeSign(cursor, '=')
      options['keyBlockSize'] = nameOf(next(cursor))
    } else unread.push(`key ${name}: ${rest(cursor)}`)
  }
  return { kind, name, parts, ...(comment === undefined ? {} : { comment }), options }
}

/** `` `a`(10) DESC `` or `(lower(`a`)) DESC`. */
function partOf(sql: string, run: readonly Token[], unread: string[], key: string): ParsedKeyPart {
  const descending = wordOf(run.at(-1)) === 'DESC'
  const parts = descending || wordOf(run.at(-1)) === 'ASC' ? run.slice(0, -1) : run
  const [first, second, size] = parts
  if (first?.kind === 'open' && closing(parts, 0) === parts.length) return { expression: sliceOf(sql, parts), descending }
  if (parts.length === 1 && first !== undefined) return { column: nameOf(first), descending }
  if (parts.length === 4 && second?.kind === 'open' && size?.kind === 'number')
    return { column: nameOf(first), prefixLength: Number(size.text), descending }
  unread.push(`key ${key}: ${sliceOf(sql, run)}`)
  return { column: nameOf(first), descending }
}
