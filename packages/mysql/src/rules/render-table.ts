import type { Fact, TablePayload } from '@yama/schema'
import { literal, quoteName } from '../text/names.ts'
import { TABLE_OPTIONS } from '../types/table-options.ts'
import { renderColumn } from './render-column.ts'
import { renderConstraint, renderIndex } from './render-key.ts'

export interface WholeTable {
  readonly table: Fact<'table'>
  readonly columns: readonly Fact<'column'>[]
  readonly constraints: readonly Fact<'constraint'>[]
  readonly indexes: readonly Fact<'index'>[]
}

/** CREATE TABLE with everything but foreign keys, which come when every table is there. */
export function renderTable({ table, columns, constraints, indexes }: WholeTable): string {
  const { payload, name } = table
  const lines = [...columns.map(renderColumn), ...renderPeriods(payload), ...constraints.map(renderConstraint), ...indexes.map(renderIndex)]
  return `CREATE TABLE ${quoteName(name)} (\n${lines.map((line) => `  ${line}`).join(',\n')}\n)${renderTail(payload)}`
}

/** Periods of MariaDB: of the application, and of the versions of rows. */
export const renderPeriods = ({ options }: TablePayload): readonly string[] => [
  ...(options['systemPeriod'] === undefined ? [] : [`PERIOD FOR SYSTEM_TIME ${String(options['systemPeriod'])}`]),
  ...(options['period'] === undefined ? [] : [`PERIOD FOR ${String(options['period'])}`]),
]

function renderTail({ options, comment }: TablePayload): string {
  const said = TABLE_OPTIONS.filter((option) => options[option.name] !== undefined).map((option) => renderOption(option.name, options))
  return [
    ...(options['collation'] === undefined ? [] : [`COLLATE=${String(options['collation'])}`]),
    ...said,
    ...(comment === undefined ? [] : [`COMMENT=${literal(comment)}`]),
    ...(options['systemVersioned'] === true ? ['WITH SYSTEM VERSIONING'] : []),
    ...(options['partition'] === undefined ? [] : [`PARTITION BY ${String(options['partition'])}`]),
  ]
    .map((part) => ` ${part}`)
    .join('')
}

/** `ROW_FORMAT=COMPRESSED`, or what takes it away where it is not stated. */
export function renderOption(name: string, options: TablePayload['options']): string {
  const option = TABLE_OPTIONS.find((one) => one.name === name)
  if (option === undefined) return ''
  const value = options[name]
  const text = value === undefined ? option.reset : option.text === true ? literal(String(value)) : bare(String(value))
  return `${option.word}=${text}`
}

/** Words and numbers stand as they are; anything else cannot be an option of a server. */
const bare = (value: string): string => (/^[\w.]+$/.test(value) ? value : literal(value))
