import type { PortableDefault, PortableType, PortableTypeName } from '@yama/schema'
import { printedType } from './printed-type.ts'
import { literal } from './quoted.ts'

const FUNCTIONS = { now: 'now()', today: 'CURRENT_DATE', gen_uuid: 'gen_random_uuid()' } as const
const NUMERIC_NAMES: ReadonlySet<PortableTypeName> = new Set(['smallint', 'int', 'bigint', 'decimal', 'float', 'double', 'money'])
const NUMERIC_TYPES: ReadonlySet<string> = new Set(['smallint', 'integer', 'bigint', 'numeric', 'real', 'double precision'])

export function defaultToNative(value: PortableDefault, type: PortableType | undefined): string {
  if ('function' in value) return FUNCTIONS[value.function]
  if ('json' in value) return `${literal(value.json)}::${type?.name === 'json' ? 'json' : 'jsonb'}`
  if ('sql' in value) return value.sql
  const stated = value.literal
  if (stated === null) return 'NULL'
  if (typeof stated === 'string') return literal(stated)
  // A number for a text column would be printed as a number with a cast.
  if (typeof stated === 'number' && type !== undefined && !NUMERIC_NAMES.has(type.name)) return literal(String(stated))
  return String(stated)
}

/** Inverse, for `pull`: only what makes the server print the same expression again. */
export function defaultToPortable(expression: string, type: string): PortableDefault {
  const { base, array } = printedType(type)
  const known = (Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[]).find((name) => FUNCTIONS[name] === expression)
  if (known !== undefined) return { function: known }
  if (base === 'boolean' && (expression === 'true' || expression === 'false')) return { literal: expression === 'true' }
  if (NUMERIC_TYPES.has(base) && !array) return numberOf(expression) ?? { sql: expression }
  const match = /^'((?:[^'\\]|'')*)'::(.+)$/.exec(expression)
  if (match === null || array || match[2] !== base) return { sql: expression }
  const text = (match[1] ?? '').replaceAll("''", "'")
  if (base === 'json' || base === 'jsonb') return isJson(text) ? { json: text } : { sql: expression }
  return { literal: text }
}

/** The server prints a negative number as a cast string. */
function numberOf(expression: string): PortableDefault | undefined {
  const text = /^'(-[\d.]+)'::(?:integer|bigint|numeric)$/.exec(expression)?.[1] ?? expression
  const value = Number(text)
  // What a JavaScript number cannot hold stays as it is printed, digit by digit.
  if (!/^-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/.test(text) || String(value) !== text) return undefined
  // An integer literal beyond 32 bits is a bigint to the parser, and its print says so.
  return text === expression || !expression.endsWith('::bigint') || Math.abs(value) > 2_147_483_648 ? { literal: value } : undefined
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    // The only way to ask; the text is then a text like any other.
    return false
  }
}
