import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { extremeValue, type Extreme } from './extreme-values.ts'
import type { SeedField, SeedTable } from './seed-table.ts'
import { seedValue } from './seed-value.ts'

/** What is special about a row. */
export type Variety = 'plain' | 'null' | 'repeated' | Extreme

/** The first rows show one thing each; the others mix them. */
const FIRST: readonly Variety[] = ['plain', 'null', 'smallest', 'largest', 'repeated', 'odd', 'long']
const MIXED: readonly Variety[] = ['plain', 'plain', 'plain', 'null', 'null', 'repeated', 'smallest', 'largest', 'odd', 'long']

export interface Cell {
  readonly column: string
  readonly sql: string
  readonly variety: Variety
}

/** The cells of one row. */
export interface CellRequest {
  readonly row: number
  /** 0 varies the values; 1 and 2 try what checks mention, and plain values for the rest. */
  readonly attempt: number
  /** Values that foreign keys may take, by column. */
  readonly targets: ReadonlyMap<string, string>
  readonly isNewKey: (field: SeedField) => boolean
  readonly chance: () => number
}

export function seedCells(one: SeedTable, request: CellRequest, dialect: SchemaDialect): readonly Cell[] {
  const special = FIRST[request.row - 1]
  return one.fields.map((field): Cell => {
    const { name: column } = field.column
    const target = request.isNewKey(field) && !field.required ? undefined : request.targets.get(column)
    if (target !== undefined) return { column, sql: target, variety: 'plain' }
    const points = one.keys.some((key) => key.payload.columns.includes(column))
    if (!field.required && (points || request.isNewKey(field))) return { column, sql: 'NULL', variety: 'null' }
    const wanted = special ?? MIXED[Math.floor(request.chance() * MIXED.length)] ?? 'plain'
    return { column, ...value(field, wanted, request, dialect) }
  })
}

function value(
  { seed, required, unique, steady }: SeedField,
  wanted: Variety,
  { row, attempt }: CellRequest,
  dialect: SchemaDialect,
): Pick<Cell, 'sql' | 'variety'> {
  const plain = { sql: seedValue(seed, row, attempt, dialect.kind), variety: 'plain' } as const
  if (unique) return wanted === 'null' && !required && row <= FIRST.length ? { sql: 'NULL', variety: 'null' } : plain
  if (wanted === 'null') return required ? plain : { sql: 'NULL', variety: 'null' }
  if (wanted === 'repeated') return { sql: seedValue(seed, 1, attempt, dialect.kind), variety: 'repeated' }
  if (wanted === 'plain' || !steady || attempt > 0 || seed.values !== undefined) return plain
  const sql = extremeValue(seed.type, wanted, dialect.kind)
  return sql === undefined ? plain : { sql, variety: wanted }
}
