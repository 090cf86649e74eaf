import type { Token } from '@yama/sql'
import { significant, splitAtCommas, wordOf } from '../text/tokens.ts'
import { bracket, type Cursor } from './parse-constraint.ts'

export interface ParsedIndex {
  /** The key parts without COLLATE, ASC and DESC, which PRAGMA index_xinfo knows. */
  readonly keys: readonly (readonly Token[])[]
  readonly where?: readonly Token[]
}

/** Reads a CREATE INDEX as sqlite_schema keeps it. */
export function parseIndex(sql: string): ParsedIndex {
  const tokens = significant(sql)
  const cursor: Cursor = { tokens, at: tokens.findIndex((token) => token.kind === 'open') }
  const keys = splitAtCommas(bracket(cursor)).map(withoutOrder)
  const where = wordOf(tokens[cursor.at]) === 'WHERE' ? tokens.slice(cursor.at + 1) : undefined
  return { keys, ...(where === undefined ? {} : { where }) }
}

function withoutOrder(run: readonly Token[]): readonly Token[] {
  const last = wordOf(run.at(-1))
  if (last === 'ASC' || last === 'DESC') return withoutOrder(run.slice(0, -1))
  return run.length > 2 && wordOf(run.at(-2)) === 'COLLATE' ? run.slice(0, -2) : run
}
