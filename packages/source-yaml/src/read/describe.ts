import type { $ZodIssue } from 'zod/v4/core'
import type { Path } from './source-document.ts'

const single: Readonly<Record<string, string>> = {
  entities: 'entity',
  enums: 'enum',
  views: 'view',
  sequences: 'sequence',
  fields: 'field',
  functions: 'function',
  checks: 'check',
  constraints: 'constraint',
  seeds: 'seed',
  policies: 'policy',
  extensions: 'extension',
  schemas: 'schema',
}
const items: Readonly<Record<string, string>> = {
  indexes: 'index',
  unique: 'unique key',
  foreignKeys: 'foreign key',
  grants: 'grant',
  owners: 'owner',
  tests: 'test',
  values: 'value',
  fields: 'field',
  primary: 'primary key field',
  checks: 'check',
  rows: 'row',
}

/** `entities.User.fields.name` → `The field User.name`, as people would say it. */
export function describePath(path: Path, place: 'start' | 'inside' = 'start'): string {
  const the = place === 'start' ? 'The' : 'the'
  if (path.length === 0) return place === 'start' ? 'An entity file' : 'an entity file'
  const owner = path[0] === 'entities' && path.length > 2 ? String(path[1]) : undefined
  const last = path.at(-1)
  const before = path.at(-2)
  const of = path.length > 2 ? String(path[1]) : undefined
  if (typeof last === 'number') {
    const kind = items[String(before)] ?? 'item'
    return `${the} ${kind} ${last + 1}${of === undefined ? '' : ` of ${of}`}`
  }
  if (path.length === 1) return `${the} section \`${String(last)}\``
  const kind = single[String(before)]
  if (kind !== undefined && (path.length === 2 || path.length === 4))
    return `${the} ${kind} ${owner === undefined ? '' : `${owner}.`}${String(last)}`
  if (path.length >= 5 && path[2] === 'fields') return `\`${path.slice(4).join('.')}\` of the field ${owner}.${String(path[3])}`
  return `\`${path.slice(2).map(String).join('.')}\` of ${of ?? String(last)}`
}

const types: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  null: 'empty',
}

export const describeValue = {
  expected: (type: string): string => types[type] ?? type,
  found(value: unknown): string {
    if (value === null) return 'empty (null)'
    if (value === undefined) return 'missing'
    if (Array.isArray(value)) return 'a list'
    if (typeof value === 'object') return 'a mapping'
    if (typeof value === 'string') return value === '' ? 'empty text' : 'text'
    return typeof value === 'number' ? `the number ${value}` : String(value)
  },
  rule(issue: $ZodIssue): string {
    if (issue.code === 'too_small')
      return issue.origin === 'array'
        ? 'a list with at least one item'
        : issue.origin === 'string'
          ? 'text that is not empty'
          : `at least ${String(issue.minimum)}`
    return issue.message
  },
}
