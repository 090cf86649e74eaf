import type { QueryResult } from '@yama/core'
import type { WireResult } from '../drivers/wire.ts'
import { parseArray } from './parse-array.ts'

type Reader = (text: string) => unknown
const json: Reader = (text) => JSON.parse(text) as unknown
const truth: Reader = (text) => text === 't'
const bytes: Reader = (text) => (text.startsWith('\\x') ? Buffer.from(text.slice(2), 'hex') : escapedBytes(text))
/** As servers print bytes with `bytea_output = escape`, which a role or a database may say. */
const escapedBytes = (text: string): Buffer =>
  Buffer.from(
    text.replaceAll(/\\(\\|[0-7]{3})/g, (_, code: string) => (code === '\\' ? code : String.fromCharCode(Number.parseInt(code, 8)))),
    'latin1',
  )
const same: Reader = (text) => text

const scalars: Readonly<Record<number, Reader>> = {
  16: truth,
  17: bytes,
  21: Number,
  23: Number,
  26: Number,
  114: json,
  700: Number,
  701: Number,
  3802: json,
}
/** Array type → how its elements read. */
const arrays: Readonly<Record<number, Reader>> = {
  199: json,
  1000: truth,
  1002: same,
  1003: same,
  1005: Number,
  1007: Number,
  1009: same,
  1014: same,
  1015: same,
  1016: same,
  1021: Number,
  1022: Number,
  1028: Number,
  1115: same,
  1182: same,
  1185: same,
  1231: same,
  2951: same,
  3807: json,
}

function readerOf(type: number): Reader {
  const scalar = scalars[type]
  if (scalar !== undefined) return scalar
  const element = arrays[type]
  return element === undefined ? same : (text) => parseArray(text, element)
}

const affectedBy = (tag: string): number => Number(/^(?:INSERT \d+|UPDATE|DELETE|MERGE|COPY) (\d+)$/.exec(tag)?.[1] ?? 0)

/**
 * Values for JavaScript, the same with every driver: booleans, JSON, bytes, numbers up to 32 bits and floats, arrays of
 * these. Everything else, `bigint`, `numeric` and times among them, stays the text that the server prints, for a number
 * or a Date would lose digits.
 */
export function toQueryResult({ fields, rows, tag }: WireResult): QueryResult {
  const readers = fields.map(({ name, type }) => ({ name, read: readerOf(type) }))
  return {
    affected: affectedBy(tag),
    rows: rows.map((values) => {
      const row: Record<string, unknown> = {}
      readers.forEach(({ name, read }, i) => {
        const value = values[i]
        row[name] = value === null || value === undefined ? null : read(value)
      })
      return row
    }),
  }
}
