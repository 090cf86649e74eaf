import type { PortableDefault, PortableType } from '@yama/schema'
import { quoteLiteral } from '@yama/sql'
import { canonicalText } from '../text/canonical.ts'

/** A version 4 UUID; SQLite has no function for it. */
const UUID =
  "lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (abs(random()) % 4), 1) || substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6)))"
const FUNCTIONS = { now: 'CURRENT_TIMESTAMP', today: 'CURRENT_DATE', gen_uuid: UUID } as const
const NO_NAMES = new Map<string, string>()
const UUID_CANONICAL = canonicalText(UUID, NO_NAMES)

/** The expression; the caller puts brackets around what is no literal. */
export function defaultToNative(value: PortableDefault, type: PortableType | undefined): string {
  if ('function' in value) return value.function === 'now' && type?.name === 'time' ? 'CURRENT_TIME' : FUNCTIONS[value.function]
  if ('json' in value) return quoteLiteral(value.json, 'sqlite')
  if ('sql' in value) return value.sql
  const { literal } = value
  if (literal === null) return 'NULL'
  if (typeof literal === 'boolean') return literal ? 'TRUE' : 'FALSE'
  if (typeof literal === 'number') return numeric(type) || type === undefined ? String(literal) : quoteLiteral(String(literal), 'sqlite')
  return quoteLiteral(literal, 'sqlite')
}

const TEXTUAL: ReadonlySet<string> = new Set(['string', 'char', 'text', 'citext', 'uuid', 'xml', 'interval'])
const numeric = (type: PortableType | undefined): boolean => type !== undefined && !TEXTUAL.has(type.name)

/** Inverse, for `pull`: only what gives the same expression again. */
export function defaultToPortable(expression: string, type: string): PortableDefault {
  const text = canonicalText(expression, NO_NAMES)
  if (text === 'NULL') return { literal: null }
  if (text === 'CURRENT_TIMESTAMP' && !/^TIME$/i.test(type)) return { function: 'now' }
  if (text === 'CURRENT_DATE') return { function: 'today' }
  if (text === UUID_CANONICAL) return { function: 'gen_uuid' }
  if (text === 'TRUE' || text === 'FALSE') return { literal: text === 'TRUE' }
  const isNumber = /^-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/.test(text) && !/CHAR|CLOB|TEXT/i.test(type)
  // What a JavaScript number cannot hold stays as it is written, digit by digit.
  if (isNumber && String(Number(text)) === text) return { literal: Number(text) }
  const string = /^'((?:[^']|'')*)'$/.exec(text)?.[1]?.replaceAll("''", "'")
  if (string === undefined) return { sql: expression }
  if (/^JSONB?$/i.test(type) && isJson(string)) return { json: string }
  return { literal: string }
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
