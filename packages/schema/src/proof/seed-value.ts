import type { DatabaseKind } from '@yama/core'
import { literal } from './sql-text.ts'

export interface SeedColumn {
  /** The type as the server prints it. */
  readonly type: string
  /** Values of its enumeration, where it has one. */
  readonly values: readonly string[] | undefined
  /** Literals that checks on the column mention. */
  readonly hints: { readonly texts: readonly string[]; readonly numbers: readonly number[] }
}

const hex = (row: number): string => row.toString(16).padStart(2, '0')

/** MySQL and MariaDB take no text for a shape. SQLite knows none: a word with INT in it is a number there. */
const shape = (postgres: string, others: string, row: number, kind: DatabaseKind): string =>
  kind === 'postgres' ? literal(postgres) : kind === 'sqlite' ? String(row) : `ST_GeomFromText(${literal(others)})`

// First match wins; `row` counts from 1 and makes values differ.
const VALUES: readonly (readonly [RegExp, (row: number, kind: DatabaseKind) => string])[] = [
  [/\[\]$|^_|multirange$/, () => literal('{}')],
  [/^(?:ts|tstz|date)range/, (row) => literal(`[2024-01-${String(row).padStart(2, '0')},)`)],
  [/^(?:int4|int8|num)range/, (row) => literal(`[${row},)`)],
  [/^(?:point|geometry$)/, (row, kind) => shape(`(${row},${row})`, `POINT(${row} ${row})`, row, kind)],
  [/^linestring/, (row, kind) => shape('', `LINESTRING(0 0,${row} 1)`, row, kind)],
  [/^polygon/, (row, kind) => shape(`((0,0),(${row},0),(0,1))`, `POLYGON((0 0,${row} 0,0 1,0 0))`, row, kind)],
  [/^line$/, (row) => literal(`{1,2,${row}}`)],
  [/^(?:lseg|box|path)$/, (row) => literal(`(0,0),(${row},1)`)],
  [/^circle$/, (row) => literal(`<(0,0),${row}>`)],
  [/bool|tinyint\(1\)/, (row, kind) => (kind === 'postgres' ? String(row % 2 === 1) : String(row % 2))],
  [/interval/, (row) => literal(`${row} days`)],
  [/int|serial|numeric|decimal|real|double|float|money|number/, (row) => String(row)],
  [/uuid|uniqueidentifier/, (row) => literal(`00000000-0000-4000-8000-${String(row).padStart(12, '0')}`)],
  [/timestamp|datetime/, (row) => literal(`2024-01-${String(row).padStart(2, '0')} 10:00:00`)],
  [/date/, (row) => literal(`2024-01-${String(row).padStart(2, '0')}`)],
  [/time/, (row) => literal(`10:00:${String(row).padStart(2, '0')}`)],
  [/json/, (row) => literal(`{"row": ${row}}`)],
  [/bytea/, (row) => literal(`\\x${hex(row)}`)],
  [/blob|binary/, (row) => `x'${hex(row)}'`],
  [/inet|cidr/, (row) => literal(`10.0.0.${row}`)],
  [/macaddr8/, (row) => literal(`08:00:2b:01:02:03:04:${hex(row)}`)],
  [/macaddr/, (row) => literal(`08:00:2b:01:02:${hex(row)}`)],
  [/xml/, (row) => literal(`<row>${row}</row>`)],
]
/** Days of a month that every month has. */
export const MOST_ROWS = 28

/**
 * A value for a column, as SQL: `attempt` 0 goes by the type alone, 1 and 2 try what checks mention. Undefined where the attempt has nothing new.
 * Rows are 1 to 28.
 */
export function seedValue(column: SeedColumn, row: number, attempt: number, kind: DatabaseKind): string {
  const { type, values, hints } = column
  const at = Math.min(row, MOST_ROWS)
  if (values !== undefined && values.length > 0) return literal(values[(at - 1) % values.length] ?? '')
  const found = VALUES.find(([pattern]) => pattern.test(type.toLowerCase()))
  if (found === undefined) return textValue(column, at, attempt)
  const near = hints.numbers[0]
  if (attempt > 0 && near !== undefined && /int|numeric|decimal|real|double|float/i.test(type))
    return String(attempt === 1 ? near + at : near - at)
  return found[1](at, kind)
}

function textValue({ type, hints }: SeedColumn, row: number, attempt: number): string {
  const hint = hints.texts[(row - 1) % Math.max(1, hints.texts.length)]
  if (attempt > 0 && hint !== undefined) return literal(hint)
  const size = Number(/\((\d+)/.exec(type)?.[1] ?? Infinity)
  if (/^(bit|varbit)/i.test(type)) return literal((row % 2 === 1 ? '1' : '0').repeat(Number.isFinite(size) ? size : 1))
  // A number reads as text everywhere, and survives a change of the type to a number. Its last digits fit a short type.
  const text = Number.isFinite(size) ? String(row).slice(-size) : String(row)
  return literal(attempt === 2 && Number.isFinite(size) ? text.padStart(size, '0') : text)
}
