import type { ObjectName } from '@yama/sql'

/** A node of PostgreSQL's own syntax tree as `libpg-query` prints it: one key names the kind, the value holds the fields. */
export type Fields = Readonly<Record<string, unknown>>

export const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The field as a node, empty where it is absent. */
export const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {})

export const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const textOf = (value: unknown): string => (typeof value === 'string' ? value : '')

/** `{ ColumnRef: {…} }` as its kind and its fields. */
export function kindOf(node: unknown): readonly [kind: string, fields: Fields] {
  const [entry] = Object.entries(fieldsOf(node))
  return entry === undefined ? ['', {}] : [entry[0], fieldsOf(entry[1])]
}

/** The node if it is of this kind. */
export const nodeOf = (node: unknown, kind: string): Fields | undefined => {
  const found = fieldsOf(node)[kind]
  return isFields(found) ? found : undefined
}

/** The text of `{ String: { sval } }`. */
export const stringOf = (node: unknown): string => textOf(nodeOf(node, 'String')?.['sval'])

/** A possibly qualified name from a list of strings: the last is the name, the one before it the schema. */
export function nameOf(list: unknown): ObjectName {
  const parts = listOf(list).map(stringOf)
  return { schema: parts.at(-2) ?? '', name: parts.at(-1) ?? '' }
}

/** The table, view, index or sequence of a RangeVar; `''` as schema where none is written. */
export function relationOf(rangeVar: unknown): ObjectName {
  const fields = nodeOf(rangeVar, 'RangeVar') ?? fieldsOf(rangeVar)
  return { schema: textOf(fields['schemaname']), name: textOf(fields['relname']) }
}

/** Visits every node below, the outermost first; a visitor that returns false is not led inside. */
export function walk(value: unknown, visit: (kind: string, fields: Fields) => boolean | void): void {
  if (Array.isArray(value)) {
    for (const part of value) walk(part, visit)
    return
  }
  if (!isFields(value)) return
  for (const [key, part] of Object.entries(value)) {
    if (typeof part !== 'object' || part === null) continue
    // Kinds begin with a capital letter, fields with a small one.
    if (/^[A-Z]/.test(key) && isFields(part) && visit(key, part) === false) continue
    walk(part, visit)
  }
}

/** A field that is written only where it is true. */
export const boolOf = (value: unknown): boolean => value === true
