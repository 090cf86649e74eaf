import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { packText } from '@yama/core'
import { decodeRow as decodeWith, type Column, type Storage } from '@yama/core/dialect-kit'
import { identifier, inUtf8, literal } from '../statements/quoted.ts'

const deflate = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { level: 1 })

/** A value as a literal. */
export function encodeValue(value: unknown, storage: Storage): string {
  if (value === undefined || value === null) return 'NULL'
  switch (storage) {
    case 'number':
      return String(Number(value))
    case 'packed':
      return `x'${Buffer.from(packText(String(value), deflate)).toString('hex')}'`
    case 'hash':
      return `x'${String(value)}'`
    case 'time':
      return `'${String(value).replace('T', ' ').replace('Z', '')}'`
    case 'json':
      return inUtf8(literal(JSON.stringify(value)))
    case 'text':
      return literal(String(value))
  }
}

export const NOW = "CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')"

/** `2026-11-20 09:30:00.123000` as it was written, with milliseconds. */
const iso = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 23)}Z`

/** The select list that `decodeRow` reads. */
export function selectList<T>(columns: readonly Column<T>[]): string {
  return columns.map(([, column]) => identifier(column)).join(', ')
}

function decode(value: unknown, storage: Storage): unknown {
  switch (storage) {
    case 'number':
      return Number(value)
    case 'packed':
      return value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value)
    case 'hash':
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
    case 'json':
      return JSON.parse(String(value)) as unknown
    case 'time':
      return iso(String(value))
    case 'text':
      return value
  }
}

/** A row as the contract's object; columns that are NULL are left out. */
export const decodeRow = <T>(columns: readonly Column<T>[], row: Readonly<Record<string, unknown>>): T => decodeWith(columns, row, decode)
