import { bracket, ended, next, peek, rest, take, takeName, takeSign, type Cursor } from '../text/cursor.ts'
import { withoutOwnDatabase } from '../text/own-names.ts'
import { significant, wordOf } from '../text/tokens.ts'

export interface ParsedView {
  readonly query: string
  readonly options: Readonly<Record<string, string | boolean>>
}

const CHECK_OPTION = /\s+WITH (CASCADED|LOCAL) CHECK OPTION$/

/** Reads what `SHOW CREATE VIEW` prints. The definer is a matter of the database, not of its schema, and is left out. */
export function parseView(statement: string, database: string): ParsedView {
  const cursor: Cursor = { sql: statement, tokens: significant(statement), at: 0 }
  const options: Record<string, string | boolean> = {}
  while (!ended(cursor) && wordOf(peek(cursor)) !== 'VIEW') {
    if (take(cursor, 'ALGORITHM')) {
      takeSign(cursor, '=')
      const algorithm = takeName(cursor).toLowerCase()
      if (algorithm !== 'undefined') options['algorithm'] = algorithm
    } else if (take(cursor, 'SQL', 'SECURITY')) {
      if (takeName(cursor).toUpperCase() === 'INVOKER') options['security'] = 'invoker'
    } else if (take(cursor, 'JSON', 'RELATIONAL', 'DUALITY')) options['jsonDuality'] = true
    else next(cursor)
  }
  take(cursor, 'VIEW')
  takeName(cursor)
  if (takeSign(cursor, '.')) takeName(cursor)
  const columns = bracket(cursor)
  if (columns.length > 0)
    options['columns'] = columns
      .map(({ text }) => text)
      .join('')
      .replaceAll('`,`', '`, `')
  take(cursor, 'AS')
  const text = rest(cursor)
  const check = CHECK_OPTION.exec(text)
  if (check !== null) options['checkOption'] = check[1]?.toLowerCase() ?? ''
  return { query: withoutOwnDatabase(text.replace(CHECK_OPTION, ''), database), options }
}
