import type { Token } from '@yama/sql'
import { closing, significant, splitAtCommas, wordOf } from '../text/tokens.ts'
import {
  bracket,
  deferral,
  onConflict,
  references,
  tableConstraint,
  take,
  takeName,
  type Cursor,
  type ParsedConstraint,
} from './parse-constraint.ts'

/** What of a column stands only in the text. */
export interface ParsedColumn {
  readonly name: string
  readonly collation?: string
  /** The conflict clause of NOT NULL. */
  readonly onConflict?: string
  readonly generated?: { readonly expression: readonly Token[]; readonly stored: boolean }
}
export interface ParsedTable {
  readonly columns: readonly ParsedColumn[]
  readonly constraints: readonly ParsedConstraint[]
  readonly strict: boolean
  readonly withoutRowid: boolean
}

const STARTS_CONSTRAINT: ReadonlySet<string> = new Set(['CONSTRAINT', 'PRIMARY', 'UNIQUE', 'CHECK', 'FOREIGN'])
const STARTS_COLUMN_CONSTRAINT: ReadonlySet<string> = new Set([
  'CONSTRAINT',
  'PRIMARY',
  'NOT',
  'NULL',
  'UNIQUE',
  'CHECK',
  'DEFAULT',
  'COLLATE',
  'REFERENCES',
  'GENERATED',
  'AS',
])

/** Reads a CREATE TABLE as sqlite_schema keeps it; undefined where its shape is unknown. https://sqlite.org/lang_createtable.html */
export function parseTable(sql: string): ParsedTable | undefined {
  const tokens = significant(sql)
  const open = tokens.findIndex((token) => token.kind === 'open')
  if (open < 0) return undefined
  const end = closing(tokens, open)
  const columns: ParsedColumn[] = []
  const constraints: ParsedConstraint[] = []
  for (const run of splitAtCommas(tokens.slice(open + 1, end - 1))) {
    const cursor: Cursor = { tokens: run, at: 0 }
    if (columns.length === 0 || !STARTS_CONSTRAINT.has(wordOf(run[0]))) columns.push(parseColumn(cursor, constraints))
    // The comma between two table constraints may be missing.
    while (cursor.at < run.length) {
      const found = tableConstraint(cursor)
      if (found === undefined) return undefined
      if (found !== null) constraints.push(found)
    }
  }
  const options = tokens.slice(end).map(wordOf)
  return { columns, constraints, strict: options.includes('STRICT'), withoutRowid: options.includes('WITHOUT') }
}

function parseColumn(cursor: Cursor, constraints: ParsedConstraint[]): ParsedColumn {
  const { tokens } = cursor
  const column: { -readonly [K in keyof ParsedColumn]: ParsedColumn[K] } = { name: takeName(cursor) }
  while (cursor.at < tokens.length && !STARTS_COLUMN_CONSTRAINT.has(wordOf(tokens[cursor.at])))
    cursor.at = tokens[cursor.at]?.kind === 'open' ? closing(tokens, cursor.at) : cursor.at + 1
  let constraintName: { readonly name?: string } = {}
  const add = (constraint: Omit<ParsedConstraint, 'name' | 'inline'>): void => {
    constraints.push({ ...constraint, ...constraintName, inline: true })
    constraintName = {}
  }
  const own = { column: column.name, descending: false }
  while (cursor.at < tokens.length) {
    if (take(cursor, 'CONSTRAINT')) constraintName = { name: takeName(cursor) }
    else if (take(cursor, 'PRIMARY', 'KEY')) {
      const descending = take(cursor, 'DESC')
      take(cursor, 'ASC')
      const conflict = onConflict(cursor)
      add({ type: 'primary', keys: [{ ...own, descending }], autoincrement: take(cursor, 'AUTOINCREMENT'), ...conflict })
    } else if (take(cursor, 'UNIQUE')) add({ type: 'unique', keys: [own], ...onConflict(cursor) })
    else if (take(cursor, 'CHECK')) {
      add({ type: 'check', keys: [], check: bracket(cursor) })
      onConflict(cursor)
    } else if (take(cursor, 'REFERENCES')) add({ type: 'foreign', keys: [own], ...references(cursor) })
    else if (take(cursor, 'NOT', 'NULL')) {
      const conflict = onConflict(cursor).onConflict
      if (conflict !== undefined) column.onConflict = conflict
      constraintName = {}
    } else if (take(cursor, 'NULL')) onConflict(cursor)
    else if (strayDeferral(cursor, constraints)) continue
    else if (take(cursor, 'COLLATE')) column.collation = takeName(cursor).toUpperCase()
    else if (take(cursor, 'DEFAULT')) skipDefault(cursor)
    else if (take(cursor, 'GENERATED', 'ALWAYS', 'AS') || take(cursor, 'AS')) {
      const expression = bracket(cursor)
      const stored = take(cursor, 'STORED')
      take(cursor, 'VIRTUAL')
      column.generated = { expression, stored }
    } else break // table constraints without a comma, or something new: the caller finds out
  }
  return column
}

/** `REFERENCES a NOT NULL DEFERRABLE`: what stands apart from its foreign key still means the one before it, and nothing where there is none. */
function strayDeferral(cursor: Cursor, constraints: ParsedConstraint[]): boolean {
  const from = cursor.at
  const { deferrable } = deferral(cursor)
  if (cursor.at === from) return false
  const at = constraints.findLastIndex((one) => one.type === 'foreign')
  const found = constraints[at]
  if (found !== undefined) constraints[at] = { ...found, deferrable }
  return true
}

/** The value itself comes from PRAGMA table_xinfo. */
function skipDefault(cursor: Cursor): void {
  const token = cursor.tokens[cursor.at]
  if (token?.kind === 'open') bracket(cursor)
  else if (token?.text === '+' || token?.text === '-') cursor.at += 2
  else cursor.at++
}
