import type { ForeignReference, ReferentialAction } from '@yama/schema'
import type { Token } from '@yama/sql'
import { closing, nameOf, splitAtCommas, wordOf } from '../text/tokens.ts'

export interface ParsedKey {
  readonly column: string
  readonly descending: boolean
  readonly collation?: string
}
export interface ParsedConstraint {
  readonly type: 'primary' | 'unique' | 'foreign' | 'check'
  readonly name?: string
  /** True where it stands behind a column. */
  readonly inline: boolean
  readonly keys: readonly ParsedKey[]
  readonly references?: Omit<ForeignReference, 'schema'>
  readonly deferrable?: 'immediate' | 'deferred' | undefined
  readonly check?: readonly Token[]
  readonly onConflict?: string
  readonly autoincrement?: boolean
}

/** Reads over the tokens of a definition. */
export interface Cursor {
  readonly tokens: readonly Token[]
  at: number
}

const ACTIONS: Readonly<Record<string, ReferentialAction>> = { CASCADE: 'cascade', RESTRICT: 'restrict', NO: 'no action' }

/** True where the word comes next, which is then behind the cursor. */
export function take(cursor: Cursor, ...words: readonly string[]): boolean {
  if (!words.every((word, offset) => wordOf(cursor.tokens[cursor.at + offset]) === word)) return false
  cursor.at += words.length
  return true
}

/** The tokens of the bracket that comes next, without it. */
export function bracket(cursor: Cursor): readonly Token[] {
  if (cursor.tokens[cursor.at]?.kind !== 'open') return []
  const end = closing(cursor.tokens, cursor.at)
  const inside = cursor.tokens.slice(cursor.at + 1, end - 1)
  cursor.at = end
  return inside
}

export function takeName(cursor: Cursor): string {
  const token = cursor.tokens[cursor.at++]
  return token === undefined ? '' : nameOf(token)
}

export function onConflict(cursor: Cursor): { readonly onConflict?: string } {
  return take(cursor, 'ON', 'CONFLICT') ? { onConflict: takeName(cursor).toLowerCase() } : {}
}

/** What follows REFERENCES, up to and with DEFERRABLE. */
export function references(cursor: Cursor): Pick<ParsedConstraint, 'references' | 'deferrable'> {
  const table = takeName(cursor)
  const columns = splitAtCommas(bracket(cursor)).map((run) => (run[0] === undefined ? '' : nameOf(run[0])))
  const actions: Record<'onDelete' | 'onUpdate', ReferentialAction> = { onDelete: 'no action', onUpdate: 'no action' }
  let match: string | undefined
  let deferrable: 'immediate' | 'deferred' | undefined
  for (;;) {
    if (take(cursor, 'ON', 'DELETE')) actions.onDelete = action(cursor)
    else if (take(cursor, 'ON', 'UPDATE')) actions.onUpdate = action(cursor)
    else if (take(cursor, 'MATCH')) match = takeName(cursor).toLowerCase()
    else {
      const from = cursor.at
      const found = deferral(cursor)
      if (cursor.at === from) break
      deferrable = found.deferrable
    }
  }
  return {
    references: { table, columns, ...actions, ...(match === 'full' ? { match } : {}) },
    ...(deferrable === undefined ? {} : { deferrable }),
  }
}

/** `NOT DEFERRABLE …`, `DEFERRABLE …` or nothing. */
export function deferral(cursor: Cursor): { readonly deferrable: 'immediate' | 'deferred' | undefined } {
  if (take(cursor, 'NOT', 'DEFERRABLE')) initially(cursor)
  else if (take(cursor, 'DEFERRABLE')) return { deferrable: initially(cursor) }
  return { deferrable: undefined }
}

function action(cursor: Cursor): ReferentialAction {
  if (take(cursor, 'SET', 'NULL')) return 'set null'
  if (take(cursor, 'SET', 'DEFAULT')) return 'set default'
  const word = takeName(cursor).toUpperCase()
  if (word === 'NO') take(cursor, 'ACTION')
  return ACTIONS[word] ?? 'no action'
}

function initially(cursor: Cursor): 'immediate' | 'deferred' {
  if (take(cursor, 'INITIALLY', 'DEFERRED')) return 'deferred'
  take(cursor, 'INITIALLY', 'IMMEDIATE')
  return 'immediate'
}

/** `a COLLATE nocase DESC, b`: the key parts of PRIMARY KEY and UNIQUE, and whether AUTOINCREMENT stands there. */
export function keyParts(tokens: readonly Token[]): { readonly keys: readonly ParsedKey[]; readonly autoincrement: boolean } {
  let autoincrement = false
  const keys = splitAtCommas(tokens).map((run): ParsedKey => {
    const cursor: Cursor = { tokens: run, at: 0 }
    const column = takeName(cursor)
    const collation = take(cursor, 'COLLATE') ? takeName(cursor).toUpperCase() : undefined
    const descending = take(cursor, 'DESC')
    take(cursor, 'ASC')
    if (take(cursor, 'AUTOINCREMENT')) autoincrement = true
    return { column, descending, ...(collation === undefined ? {} : { collation }) }
  })
  return { keys, autoincrement }
}

/** One table constraint at the cursor; undefined where none begins there, null for a name that nothing follows: SQLite takes it and forgets it. */
export function tableConstraint(cursor: Cursor): ParsedConstraint | null | undefined {
  let name: { readonly name?: string } = {}
  while (take(cursor, 'CONSTRAINT')) name = { name: takeName(cursor) }
  if (cursor.at >= cursor.tokens.length) return null
  if (take(cursor, 'PRIMARY', 'KEY')) {
    const parts = keyParts(bracket(cursor))
    return { type: 'primary', ...name, inline: false, ...parts, ...onConflict(cursor) }
  }
  if (take(cursor, 'UNIQUE')) {
    const { keys } = keyParts(bracket(cursor))
    return { type: 'unique', ...name, inline: false, keys, ...onConflict(cursor) }
  }
  if (take(cursor, 'CHECK')) {
    const check = bracket(cursor)
    onConflict(cursor)
    return { type: 'check', ...name, inline: false, keys: [], check }
  }
  if (!take(cursor, 'FOREIGN', 'KEY')) return undefined
  const { keys } = keyParts(bracket(cursor))
  take(cursor, 'REFERENCES')
  return { type: 'foreign', ...name, inline: false, keys, ...references(cursor) }
}
