import type { Token } from '@yama/sql'
import { bracket, ended, next, peek, rest, take, takeName, takeSign, type Cursor } from '../text/cursor.ts'
import { closing, sliceOf, stringOf, wordOf } from '../text/tokens.ts'
import { needsBrackets, saysNull } from '../types/plain-default.ts'
import type { ParsedColumn } from './parsed-table.ts'

interface Draft {
  type: string
  charset?: string
  collation?: string
  saysNoDefault: boolean
  notNull: boolean
  default?: string
  generated?: { readonly expression: string; readonly stored: boolean }
  autoIncrement: boolean
  comment?: string
  readonly options: Record<string, string | boolean>
}

/** Words that may follow a default. */
const AFTER_DEFAULT: ReadonlySet<string> = new Set([
  'ON',
  'AUTO_INCREMENT',
  'COMMENT',
  'CHECK',
  'INVISIBLE',
  'SRID',
  'REF_SYSTEM_ID',
  'COLUMN_FORMAT',
  'STORAGE',
  'ENGINE_ATTRIBUTE',
  'SECONDARY_ENGINE_ATTRIBUTE',
  'WITHOUT',
])

/** A column's line of SHOW CREATE TABLE. What is not understood is pushed to `unread`. */
export function parseColumn(cursor: Cursor, unread: string[]): ParsedColumn {
  const name = takeName(cursor)
  const draft: Draft = { type: typeOf(cursor), saysNoDefault: true, notNull: false, autoIncrement: false, options: {} }
  while (!ended(cursor)) {
    if (!attribute(cursor, draft)) unread.push(`column ${name}: ${rest(cursor)}`)
  }
  if (
    draft.saysNoDefault &&
    !draft.notNull &&
    draft.generated === undefined &&
    !draft.autoIncrement &&
    draft.options['row'] === undefined
  ) {
    // MySQL says DEFAULT NULL, or that there is none by saying nothing: a row has to give a value then.
    if (saysNull(draft.type)) draft.options['noDefault'] = true
  }
  const { saysNoDefault: _, ...column } = draft
  return { name, ...column }
}

/** `int(10) unsigned`, `enum('a','b')`, `double(8,2)`, as printed. */
function typeOf(cursor: Cursor): string {
  const first = next(cursor)
  const from = cursor.at
  bracket(cursor)
  const size = cursor.at === from ? '' : cursor.sql.slice(cursor.tokens[from]?.start, cursor.tokens[cursor.at - 1]?.end)
  const unsigned = take(cursor, 'UNSIGNED') ? ' unsigned' : ''
  return `${first?.text.toLowerCase() ?? ''}${size}${unsigned}${take(cursor, 'ZEROFILL') ? ' zerofill' : ''}`
}

function attribute(cursor: Cursor, draft: Draft): boolean {
  const { options } = draft
  if (take(cursor, 'CHARACTER', 'SET')) draft.charset = takeName(cursor)
  else if (take(cursor, 'COLLATE')) draft.collation = takeName(cursor)
  else if (take(cursor, 'NOT', 'NULL')) draft.notNull = true
  else if (take(cursor, 'NULL')) draft.notNull = false
  else if (take(cursor, 'AUTO_INCREMENT')) draft.autoIncrement = true
  else if (take(cursor, 'COMMENT')) draft.comment = stringOf(next(cursor))
  else if (take(cursor, 'INVISIBLE')) options['invisible'] = true
  else if (take(cursor, 'COMPRESSED')) options['compressed'] = true
  else if (take(cursor, 'DEFAULT')) {
    const value = defaultOf(valueTokens(cursor), cursor.sql, draft.type)
    draft.saysNoDefault = false
    if (value !== 'NULL') draft.default = value
  } else if (take(cursor, 'ON', 'UPDATE')) options['onUpdate'] = sliceOf(cursor.sql, valueTokens(cursor))
  else if (take(cursor, 'CHECK')) options['check'] = sliceOf(cursor.sql, bracket(cursor))
  else if (take(cursor, 'SRID') || take(cursor, 'REF_SYSTEM_ID')) {
    takeSign(cursor, '=')
    options['srid'] = next(cursor)?.text ?? ''
  } else if (take(cursor, 'WITHOUT', 'SYSTEM', 'VERSIONING')) options['withoutVersioning'] = true
  else if (take(cursor, 'STORAGE')) options['storage'] = takeName(cursor).toLowerCase()
  else if (take(cursor, 'COLUMN_FORMAT')) options['columnFormat'] = takeName(cursor).toLowerCase()
  else return generation(cursor, draft)
  return true
}

function generation(cursor: Cursor, draft: Draft): boolean {
  // When the rows of a system-versioned table of MariaDB were there.
  for (const end of ['START', 'END']) {
    if (!take(cursor, 'GENERATED', 'ALWAYS', 'AS', 'ROW', end)) continue
    draft.options['row'] = end.toLowerCase()
    return true
  }
  if (!(wordOf(peek(cursor)) === 'GENERATED' && cursor.tokens[cursor.at + 3]?.kind === 'open')) return false
  if (!take(cursor, 'GENERATED', 'ALWAYS', 'AS')) return false
  const expression = sliceOf(cursor.sql, bracket(cursor))
  const stored = take(cursor, 'STORED') || take(cursor, 'PERSISTENT')
  if (!stored) take(cursor, 'VIRTUAL')
  draft.generated = { expression, stored }
  return true
}

/** A value up to the next attribute. */
function valueTokens(cursor: Cursor): readonly Token[] {
  const tokens: Token[] = []
  for (let depth = 0; !ended(cursor); cursor.at++) {
    const token = peek(cursor)
    if (token === undefined || (depth === 0 && tokens.length > 0 && AFTER_DEFAULT.has(wordOf(token)))) break
    if (token.kind === 'open') depth++
    else if (token.kind === 'close') depth--
    tokens.push(token)
  }
  return tokens
}

/** Without its brackets, but for what MySQL would take for a literal then: it keeps `17` and `(17)` apart, and so NULL from no default at all. */
function defaultOf(tokens: readonly Token[], sql: string, type: string): string {
  const value = sliceOf(sql, tokens)
  const bracketed = tokens[0]?.kind === 'open' && closing(tokens, 0) === tokens.length
  return bracketed && (!needsBrackets(value, type) || value === 'NULL') ? `(${value})` : value
}
