import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { packText } from '@yama/core'
import { decodeRow as decodeWith, type Column, type Storage } from '@yama/core/dialect-kit'
import { literal } from '../../types/quoted.ts'

const deflate = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { level: 1 })

/** A value as a literal. */
export function encodeValue(value: unknown, storage: Storage): string {
  if (value === undefined || value === null) return 'NULL'
  if (storage === 'number') return String(Number(value))
  // The hex digits of bytes and hashes need no escape; E'' reads them whatever standard_conforming_strings says.
  if (storage === 'packed') return String.raw`E'\\x${Buffer.from(packText(String(value), deflate)).toString('hex')}'`
  if (storage === 'hash') return String.raw`E'\\x${String(value)}'`
  return literal(storage === 'json' ? JSON.stringify(value) : String(value))
}

/** Times come back as they were written, in UTC with milliseconds. */
export function isoTime(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

const shown = <T>([, column, storage]: Column<T>): string => {
  if (storage === 'time') return isoTime(column)
  return storage === 'hash' ? `encode(${column}, 'hex')` : column
}

/** The select list that `decodeRow` reads. */
export function selectList<T>(columns: readonly Column<T>[]): string {
  return columns.map((each) => (shown(each) === each[1] ? each[1] : `${shown(each)} AS ${each[1]}`)).join(', ')
}

/** A row as one JSON value: what `decodeList` reads when the server has aggregated them. */
export function selectArray<T>(columns: readonly Column<T>[]): string {
  return `json_build_array(${columns.map(shown).join(', ')})`
}

/** The rows of `json_agg(selectArray(columns))::text`, null where there is none. Not for packed members. */
export function decodeList<T>(columns: readonly Column<T>[], list: unknown): readonly T[] {
  if (typeof list !== 'string') return []
  return (JSON.parse(list) as unknown[][]).map((values) => {
    const out: Record<string, unknown> = {}
    for (let i = 0; i < values.length; i++) if (values[i] !== null) out[columns[i]![0]] = values[i]
    return out as T
  })
}

const decode = (value: unknown, storage: Storage): unknown => {
  if (storage === 'number') return Number(value)
  if (storage === 'packed') return value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value)
  return value
}

/** A row as the contract's object; columns that are NULL are left out. */
export const decodeRow = <T>(columns: readonly Column<T>[], row: Readonly<Record<string, unknown>>): T => decodeWith(columns, row, decode)
