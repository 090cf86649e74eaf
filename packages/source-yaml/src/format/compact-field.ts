import { canonicalJson } from '@yama/core'
import { isSpecialText, parseShorthand } from '../field/parse-shorthand.ts'
import type { FieldObject } from '../schema/types.ts'

const flags = ['primary', 'unique', 'indexed', 'sensitive', 'stored', 'notValid'] as const
const simple = /^[\p{L}_][\p{L}\p{N}_.-]*$/u

function quoted(text: string): string {
  return text.includes("'") && !text.includes('"') ? `"${text}"` : `'${text.replaceAll("'", "''")}'`
}

function presetText(value: FieldObject['default']): string | undefined {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return String(value)
  if (typeof value === 'string') return simple.test(value) || isSpecialText(value) ? value : quoted(value)
  if (value === undefined || Array.isArray(value)) return undefined
  if ('sql' in value) return `(${value.sql})`
  return typeof value.value === 'string' ? quoted(value.value) : undefined
}

const names = (value: string | readonly string[]): string => (typeof value === 'string' ? value : value.join(','))

/** The shorthand of a field object, or undefined where the object says more than one line can. */
export function compactField(object: FieldObject): string | undefined {
  const {
    type,
    relation,
    default: preset,
    was,
    onDelete,
    deferrable,
    identity,
    through,
    column,
    onUpdate,
    match,
    constraint,
    references,
    collation,
    ...rest
  } = object
  const head = relation ?? type
  if (typeof head !== 'string' || (relation !== undefined && type !== undefined)) return undefined
  const parts: string[] = [head]
  if (onDelete !== undefined) parts.push(onDelete)
  const left: Record<string, unknown> = { ...rest }
  for (const flag of flags) {
    if (left[flag] === true) parts.push(flag)
    if (left[flag] === true) delete left[flag]
  }
  if (Object.keys(left).length > 0) return undefined
  if (identity === true) parts.push('identity')
  else if (typeof identity === 'string') parts.push(`identity(${identity})`)
  else if (identity !== undefined) return undefined
  if (deferrable !== undefined) parts.push(deferrable === true ? 'deferrable' : String(deferrable))
  if (preset !== undefined) {
    const text = presetText(preset)
    if (text === undefined || text.length > 80) return undefined
    parts.push(`= ${text}`)
  }
  for (const [key, value] of Object.entries({ onUpdate, match, collation, references, through, column, constraint, was })) {
    if (value !== undefined) parts.push(`${key}:${names(value)}`)
  }
  const text = parts.join(' ')
  // Whatever does not come back exactly stays an object.
  const { object: back, problems } = parseShorthand(text)
  const { relation: _, ...plain } = { ...object, type: head }
  return problems.length === 0 && !text.includes('\n') && canonicalJson(back) === canonicalJson(plain) ? text : undefined
}
