import type { SplitStatement } from '@yama/core'

const ADD_VALUE = /^ALTER\s+TYPE\s+(.+?)\s+ADD\s+VALUE\s+(?:IF\s+NOT\s+EXISTS\s+)?'((?:[^']|'')*)'/is
const CREATE_TYPE = /^CREATE\s+TYPE\s+(.+?)\s+AS\s+ENUM\b/is

/**
 * PostgreSQL refuses to use a new value of an enum in the transaction that adds it (55P04), unless the type is new too. So
 * `ALTER TYPE … ADD VALUE` runs alone where a later statement of the text holds the value as a literal; everywhere else it
 * stays in the transaction, and the file all or nothing.
 */
export function newEnumValues(statements: SplitStatement[]): SplitStatement[] {
  const added = new Map<number, string>()
  const created = new Set<string>()
  for (const [index, { text }] of statements.entries()) {
    const type = CREATE_TYPE.exec(text)?.[1]
    if (type !== undefined) created.add(bare(type))
    const found = ADD_VALUE.exec(text)
    if (found !== null && !created.has(bare(found[1] ?? ''))) added.set(index, found[2] ?? '')
  }
  if (added.size === 0) return statements
  const lastUse = lastUses(statements, new Set(added.values()))
  return statements.map((statement, index) => {
    const value = added.get(index)
    return value !== undefined && (lastUse.get(value) ?? -1) > index ? { ...statement, transaction: 'none' } : statement
  })
}

const bare = (name: string): string => name.replaceAll('"', '').toLowerCase()

/** The last statement that holds each value as a literal. Bodies of functions and blocks count: they may run here. */
function lastUses(statements: readonly SplitStatement[], values: ReadonlySet<string>): ReadonlyMap<string, number> {
  const escaped = [...values].map((value) => value.replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&'))
  const literal = new RegExp(`'(${escaped.join('|')})'`, 'g')
  const uses = new Map<string, number>()
  for (const [index, { text }] of statements.entries()) for (const [, value] of text.matchAll(literal)) uses.set(value ?? '', index)
  return uses
}
