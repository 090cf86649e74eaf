import { bracket, ended, rest, take, type Cursor } from '../text/cursor.ts'
import { significant, splitAtCommas, unfold } from '../text/tokens.ts'
import { parseColumn } from './parse-column.ts'
import { parseConstraint } from './parse-constraint.ts'
import { parseKey } from './parse-key.ts'
import { parseTableOptions } from './parse-table-options.ts'
import type { ParsedCheck, ParsedColumn, ParsedForeignKey, ParsedKey, ParsedTable } from './parsed-table.ts'

/** `` PERIOD FOR `p` (`a`, `b`) `` of MariaDB, or the one of a versioned table, whose name is a word. */
function readPeriod(line: Cursor, periods: Record<string, string>): boolean {
  if (!take(line, 'PERIOD', 'FOR')) return false
  if (take(line, 'SYSTEM_TIME')) periods['systemPeriod'] = rest(line)
  else periods['period'] = rest(line)
  return true
}

/**
 * Reads the statement that `SHOW CREATE TABLE` prints: the only place where the servers say everything about a table. Every word is
 * accounted for: what has no place in the model is in `unread`, so a table that says more than the model is known to.
 */
export function parseTable(statement: string): ParsedTable {
  const sql = unfold(statement)
  const cursor: Cursor = { sql, tokens: significant(sql), at: 0 }
  while (!ended(cursor) && cursor.tokens[cursor.at]?.kind !== 'open') cursor.at++
  const columns: ParsedColumn[] = []
  const keys: ParsedKey[] = []
  const foreignKeys: ParsedForeignKey[] = []
  const checks: ParsedCheck[] = []
  const unread: string[] = []
  const periods: Record<string, string> = {}
  for (const tokens of splitAtCommas(bracket(cursor))) {
    const line: Cursor = { sql, tokens, at: 0 }
    if (tokens[0]?.kind === 'identifier') {
      columns.push(parseColumn(line, unread))
      continue
    }
    if (readPeriod(line, periods)) continue
    const key = parseKey(line, unread)
    const constraint = key === undefined ? parseConstraint(line, unread) : undefined
    if (key !== undefined) keys.push(key)
    else if (constraint === undefined) unread.push(rest(line))
    else if ('check' in constraint) checks.push(constraint.check)
    else foreignKeys.push(constraint.foreignKey)
  }
  const options = parseTableOptions(cursor, unread)
  return { columns, keys, foreignKeys, checks, ...options, options: { ...periods, ...options.options }, unread }
}
