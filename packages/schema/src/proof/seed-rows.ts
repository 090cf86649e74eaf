import type { Connection } from '@yama/core'
import type { SeededTable } from '../contract/proof.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import { seedCells, type Cell, type Variety } from './seed-cells.ts'
import type { SeedTable } from './seed-table.ts'
import { seedTargets, type RowTargets } from './seed-targets.ts'
import { tableName } from './sql-text.ts'

export interface Seeding {
  readonly connection: Connection
  readonly dialect: SchemaDialect
  readonly before: FactBase
  readonly after: FactBase
  readonly moved: (id: FactId) => FactId
  /** Foreign keys of the wanted state, so that nullable columns of new ones stay null. */
  readonly newKeyColumns: ReadonlySet<FactId>
  readonly seed: number
}

const ATTEMPTS = 3

/** Inserts rows into every table, as well as that goes: what a table refuses is reported, never fatal. */
export async function seedRows(tables: readonly SeedTable[], seeding: Seeding): Promise<readonly SeededTable[]> {
  const chance = chances(seeding.seed)
  const report: SeededTable[] = []
  for (const one of tables) report.push(await fill(one, seeding, chance))
  return report
}

async function fill(wanted: SeedTable, seeding: Seeding, chance: () => number): Promise<SeededTable> {
  const { connection, dialect, newKeyColumns } = seeding
  const one = { ...wanted, newChecks: await readableChecks(wanted, connection, dialect) }
  if (one.obstacle !== undefined) return { table: one.table.id, rows: 0, variety: [], reason: one.obstacle }
  const targets: RowTargets = await seedTargets(one, seeding, { connection, dialect, most: one.wanted })
  const cells = (row: number, attempt: number): readonly Cell[] =>
    seedCells(one, { row, attempt, targets: targets(row), isNewKey: ({ column }) => newKeyColumns.has(column.id), chance }, dialect)
  const numbers = Array.from({ length: one.wanted }, (_, at) => at + 1)
  const first = numbers.map((row) => cells(row, 0))
  const together = await insertAll(one, first, connection, dialect)
  if (together !== undefined) return { table: one.table.id, rows: together, variety: varietyOf(first) }
  return oneByOne(one, first, cells, seeding)
}

/** Most tables take all rows at once. The number of those which stay; undefined where the server refuses one. */
async function insertAll(
  one: SeedTable,
  rows: readonly (readonly Cell[])[],
  connection: Connection,
  dialect: SchemaDialect,
): Promise<number | undefined> {
  // What a new check refuses is looked at row by row.
  if (one.fields.length === 0 || rows.length < 2 || one.newChecks.length > 0) return undefined
  try {
    await connection.execute(insertion(one, rows, dialect))
    return rows.length
  } catch {
    // The server refused one of the rows and so took none; which, and why, shows when they come one by one.
    return undefined
  }
}

async function oneByOne(
  one: SeedTable,
  first: readonly (readonly Cell[])[],
  cells: (row: number, attempt: number) => readonly Cell[],
  { connection, dialect }: Seeding,
): Promise<SeededTable> {
  const taken: (readonly Cell[])[] = []
  let reason: string | undefined
  for (const [at, varied] of first.entries()) {
    let refused: string | undefined
    for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
      const row = attempt === 0 ? varied : cells(at + 1, attempt)
      refused = await insertRow(one, row, connection, dialect)
      if (refused !== undefined) continue
      taken.push(row)
      break
    }
    reason ??= refused
  }
  return { table: one.table.id, rows: taken.length, variety: varietyOf(taken), ...(reason === undefined ? {} : { reason }) }
}

/** Undefined where the row is there now, else why it is not. */
async function insertRow(
  one: SeedTable,
  row: readonly Cell[],
  connection: Connection,
  dialect: SchemaDialect,
): Promise<string | undefined> {
  try {
    if (one.newChecks.length > 0) return await insertFit(one, row, connection, dialect)
    await connection.execute(insertion(one, [row], dialect))
    return undefined
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

function insertion(one: SeedTable, rows: readonly (readonly Cell[])[], dialect: SchemaDialect): string {
  const [first = []] = rows
  const columns = first.map(({ column }) => dialect.quote(column)).join(', ')
  const values = rows.map((row) => `(${row.map(({ sql }) => sql).join(', ')})`).join(', ')
  return `INSERT INTO ${tableName(one.table, dialect)} ${first.length === 0 ? noValues(dialect) : `(${columns}) VALUES ${values}`}`
}

/** A row of defaults. */
const noValues = ({ kind }: SchemaDialect): string => (kind === 'mysql' || kind === 'mariadb' ? '() VALUES ()' : 'DEFAULT VALUES')

const varietyOf = (rows: readonly (readonly Cell[])[]): readonly Variety[] => [
  ...new Set(rows.flatMap((row) => row.map(({ variety }) => variety))),
]

/** New checks over the columns of today; whether a row meets one over a column that comes with the change shows when Up runs. */
async function readableChecks(one: SeedTable, connection: Connection, dialect: SchemaDialect): Promise<readonly string[]> {
  const found: string[] = []
  for (const expression of one.newChecks) {
    try {
      await connection.execute(`SELECT 1 FROM ${tableName(one.table, dialect)} WHERE (${expression}) LIMIT 0`)
      found.push(expression)
    } catch {
      // It names what is not there yet.
    }
  }
  return found
}

/**
 * Takes rows away that a new check would refuse: what the data must meet before a change is not what a proof is about. One over which a check fails
 * (`100 - n` below zero) goes with its transaction.
 */
async function insertFit(
  one: SeedTable,
  row: readonly Cell[],
  connection: Connection,
  dialect: SchemaDialect,
): Promise<string | undefined> {
  return await connection.transaction(async () => {
    await connection.execute(insertion(one, [row], dialect))
    let refused: string | undefined
    for (const expression of one.newChecks) {
      const { affected } = await connection.execute(`DELETE FROM ${tableName(one.table, dialect)} WHERE NOT (${expression})`)
      if (affected > 0) refused = `the new check (${expression}) refuses the rows that were tried`
    }
    return refused
  })
}

/** A small generator (mulberry32): the same seed, the same rows. */
function chances(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
