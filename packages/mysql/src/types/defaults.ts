import type { PortableDefault, PortableType } from '@yama/schema'
import { literal } from '../text/names.ts'
import { significant, stringOf } from '../text/tokens.ts'
import { standsOutside } from './plain-default.ts'

const TIMES: ReadonlySet<string> = new Set(['time', 'timetz', 'timestamp', 'timestamplocal'])
const TEXTUAL: ReadonlySet<string> = new Set(['string', 'char', 'text', 'citext', 'uuid', 'xml', 'interval', 'inet', 'cidr', 'macaddr'])

/** A moment in UTC, which is the time zone of Yama's sessions: these servers have no letter for it. */
const MOMENT = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(?:Z|[+-]00(?::?00)?)?$/

/** The precision in which the column is kept: the server refuses `CURRENT_TIMESTAMP` of another one. */
const precision = (type: PortableType | undefined): string => {
  if (type === undefined || !TIMES.has(type.name)) return ''
  const digits = type.parameters[0] ?? 6
  return digits === 0 ? '' : `(${String(digits)})`
}

/** The expression; the rules put brackets around what is no literal. */
export function defaultToNative(value: PortableDefault, type: PortableType | undefined): string {
  if ('function' in value) {
    if (value.function === 'gen_uuid') return 'uuid()'
    if (value.function === 'today') return 'curdate()'
    if (type?.name === 'date' || type?.name === 'time' || type?.name === 'timetz')
      return type.name === 'date' ? 'curdate()' : `curtime${precision(type) || '()'}`
    return `CURRENT_TIMESTAMP${precision(type)}`
  }
  // A text or a JSON takes an expression as its default, no literal.
  if ('json' in value) return `(${literal(value.json)})`
  if ('sql' in value) return value.sql
  const { literal: stated } = value
  if (stated === null) return 'NULL'
  if (typeof stated === 'boolean') return stated ? '1' : '0'
  const moment = typeof stated === 'string' && type !== undefined && TIMES.has(type.name) ? MOMENT.exec(stated) : null
  if (moment !== null) return literal(`${moment[1] ?? ''} ${moment[2] ?? ''}`)
  const text = typeof stated === 'number' && (type === undefined || !TEXTUAL.has(type.name)) ? String(stated) : literal(String(stated))
  return type?.name === 'text' || type?.name === 'citext' || type?.name === 'xml' ? `(${text})` : text
}

/** Inverse, for `pull`: only what makes the server print the same expression again. */
export function defaultToPortable(expression: string, type: string): PortableDefault {
  const text = expression.toLowerCase()
  const now = /^current_timestamp(?:\((\d?)\))?$/.exec(text)
  if (now !== null) {
    // MariaDB takes a coarser moment than the column can hold.
    const digits = /^(?:timestamp|datetime)(?:\((\d)\))?/.exec(type)
    return digits !== null && Number(digits[1] ?? 0) === Number(now[1] ?? 0) ? { function: 'now' } : { sql: expression }
  }
  if (text === 'uuid()') return { function: 'gen_uuid' }
  if (text === 'curdate()') return { function: 'today' }
  if (type === 'tinyint(1)' && (text === '1' || text === '0')) return { literal: text === '1' }
  if (isNumber(unscaled(text, type)) && /int|decimal|float|double/.test(type)) return { literal: Number(text) }
  // MySQL says the character set where the default is an expression, as that of a text has to be; elsewhere `('x')` is not `'x'`.
  const tokens = significant(standsOutside(type) ? expression.replace(/^_utf8mb4(?=')/, '') : expression)
  if (tokens.length !== 1 || tokens[0]?.kind !== 'string') return { sql: expression }
  const value = stringOf(tokens[0])
  if (type === 'json') return isJson(value) ? { json: value } : { sql: expression }
  return literal(value) === tokens[0].text ? { literal: value } : { sql: expression }
}

const isNumber = (text: string): boolean =>
  /^-?(?:0|[1-9]\d{0,14})(?:\.\d*[1-9])?$/.test(text) && text.replace(/\D/g, '').length <= 15 && text !== '-0'

/** The server fills the places of a decimal with zeros, whatever was written. */
function unscaled(text: string, type: string): string {
  const scale = Number(/^decimal\(\d+,(\d+)\)/.exec(type)?.[1] ?? 0)
  const [whole = '', places = ''] = text.split('.')
  return scale > 0 && places.length === scale ? [whole, places.replace(/0+$/, '')].filter((part) => part !== '').join('.') : text
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
