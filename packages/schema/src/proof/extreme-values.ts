import type { DatabaseKind } from '@yama/core'
import { literal } from './sql-text.ts'

export type Extreme = 'smallest' | 'largest' | 'odd' | 'long'

interface Ends {
  readonly smallest: string
  readonly largest: string
}

const ends = (smallest: string, largest: string): Ends => ({ smallest, largest })
const whole = (bits: number): Ends => ends(String(-(2n ** BigInt(bits - 1))), String(2n ** BigInt(bits - 1) - 1n))
const unsigned = (bits: number): Ends => ends('0', String(2n ** BigInt(bits) - 1n))

const BITS: readonly (readonly [RegExp, number])[] = [
  [/^(tinyint)\b/, 8],
  [/^(smallint|int2)\b/, 16],
  [/^(mediumint)\b/, 24],
  [/^(bigint|int8)\b/, 64],
  [/^(int|integer|int4)\b/, 32],
]
const MYSQL_LIKE = { postgres: false, mysql: true, mariadb: true, sqlite: false } as const satisfies Record<DatabaseKind, boolean>
// Spaces, quotes, a backslash, a percent sign, a line break, letters of two and three bytes: what a wrong copy breaks first.
const ODD = 'it\'s "1"\\ %_\n größe 漢字 '
/** More than fits where texts are kept with their row, and less than a key of an index may have. */
const LONG = 2_000

/**
 * A value at the edge of what a type takes, as SQL; undefined where nothing is known of its edge. A server may still refuse it, for a check of
 * the schema for example.
 */
export function extremeValue(printed: string, which: Extreme, kind: DatabaseKind): string | undefined {
  const type = printed.toLowerCase()
  if (type.endsWith('[]') || type.startsWith('_')) return undefined
  if (/bool|tinyint\(1\)/.test(type)) return undefined
  if (/char|text|clob|string/.test(type)) return textValue(type, which, kind)
  if (which === 'odd' || which === 'long') return undefined
  return numberEnds(type)?.[which] ?? timeEnds(type, kind)?.[which]
}

function textValue(type: string, which: Extreme, kind: DatabaseKind): string {
  const size = type.startsWith('tinytext') ? 255 : Number(/\((\d+)/.exec(type)?.[1] ?? (/^(bp)?char|^character$/.test(type) ? 1 : Infinity))
  if (which === 'smallest') return literal('')
  if (which === 'odd') return literal(escaped(ODD.slice(0, size), kind))
  return literal('x'.repeat(Math.min(size, which === 'long' ? LONG : 255)))
}

/** A backslash says something in the texts of MySQL and MariaDB. */
const escaped = (text: string, kind: DatabaseKind): string => (MYSQL_LIKE[kind] ? text.replaceAll('\\', '\\\\') : text)

function numberEnds(type: string): Ends | undefined {
  const bits = BITS.find(([pattern]) => pattern.test(type))?.[1]
  if (bits !== undefined) return type.includes('unsigned') ? unsigned(bits) : whole(bits)
  const [, precision, scale = '0'] = /^(?:numeric|decimal)\((\d+)(?:,\s*(\d+))?/.exec(type) ?? []
  if (precision !== undefined) {
    const digits = '9'.repeat(Number(precision))
    const point = Number(precision) - Number(scale)
    const largest = scale === '0' ? digits : `${digits.slice(0, point) || '0'}.${digits.slice(point)}`
    return ends(type.includes('unsigned') ? '0' : `-${largest}`, largest)
  }
  return /^(double|real|float)/.test(type) ? ends('-1.5e30', '1.5e30') : undefined
}

function timeEnds(type: string, kind: DatabaseKind): Ends | undefined {
  const stamp = ends(literal('1970-01-02 00:00:00'), literal('2038-01-18 00:00:00'))
  if (type.startsWith('timestamp')) return MYSQL_LIKE[kind] ? stamp : ends(literal('0001-01-01 00:00:00'), literal('9999-12-31 23:59:59'))
  if (type.startsWith('datetime')) return ends(literal('1000-01-01 00:00:00'), literal('9999-12-31 23:59:59'))
  if (type.startsWith('date')) return ends(literal('1000-01-01'), literal('9999-12-31'))
  if (/^time\b/.test(type)) return ends(literal('00:00:00'), literal('23:59:59'))
  if (type.startsWith('uuid')) return ends(literal('00000000-0000-0000-0000-000000000000'), literal('ffffffff-ffff-ffff-ffff-ffffffffffff'))
  return undefined
}
