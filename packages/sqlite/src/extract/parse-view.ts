import type { Token } from '@yama/sql'
import { nameOf, significant, splitAtCommas, wordOf } from '../text/tokens.ts'
import { bracket, type Cursor } from './parse-constraint.ts'

export interface ParsedView {
  readonly query: readonly Token[]
  /** The names in brackets behind the view's own, where there are any. */
  readonly columns: readonly string[]
}

/** Reads a CREATE VIEW as sqlite_schema keeps it. */
export function parseView(sql: string): ParsedView {
  const tokens = significant(sql)
  const cursor: Cursor = { tokens, at: tokens.findIndex((token) => token.kind === 'open' || wordOf(token) === 'AS') }
  const columns = splitAtCommas(bracket(cursor)).map((run) => (run[0] === undefined ? '' : nameOf(run[0])))
  return { query: tokens.slice(cursor.at + 1), columns }
}
