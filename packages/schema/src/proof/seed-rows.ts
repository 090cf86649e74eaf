import type { Connection } from '@yama/core'
import type { SeededTable } from '../contract/proof.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { foreignKeys, targetOf, type SeedTable } from './seed-table.ts'
import { seedValue } from './seed-value.ts'
import { asText, literal, tableName } from './sql-text.ts'
import type { FactBase, FactId } from '../facts/fact.ts'

export interface Seeding {
  readonly connection: Connection
  readonly dialect: SchemaDialect
  readonly before: FactBase
  /** Foreign keys of the wanted state, so that nullable columns of new ones stay null. */
  readonly newKeyColumns: ReadonlySet<FactId>
  readonly seed: number
}

const ATTEMPTS = 3

/** Inserts a few rows into every table, as well as that goes: what a table refuses is reported, never fatal. */
export async function seedRows(tables: readonly SeedTable[], seeding: Seeding): Promise<readonly SeededTable[]> {
  const chance = chances(seeding.seed)
  const report: SeededTable[] = []
  for (const one of tables) report.push(await fill(one, seeding, chance))
  return report
}

async function fill(one: SeedTable, seeding: Seeding, chance: () => number): Promise<SeededTable> {
  if (one.obstacle !== undefined) return { table: one.table.id, rows: 0, reason: one.obstacle }
  const targets = await readTargets(one, seeding)
  let rows = 0
  let reason: string | undefined
  for (let row = 1; row <= one.wanted; row++) {
    const refused = await insertRow(one, row, targets, seeding, chance)
    if (refused === undefined) rows++
    else reason ??= refused
  }
  return { table: one.table.id, rows, ...(reason === undefined ? {} : { reason }) }
}

/** Tries plain values, then what checks mention; gives the server's last word back where nothing is accepted. */
async function insertRow(
  one: SeedTable,
  row: number,
  targets: ReadonlyMap<string, string>,
  { connection, dialect, newKeyColumns }: Seeding,
  chance: () => number,
): Promise<string | undefined> {
  let refused: string | undefined
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const cells = one.fields.map(({ column, seed, required }) => {
      const target = targets.get(`${row} ${column.name}`) ?? targets.get(`1 ${column.name}`)
      if (target !== undefined) return [column.name, target] as const
      const isKey = newKeyColumns.has(column.id) || one.keys.some((key) => key.payload.columns.includes(column.name))
      const empty = !required && (isKey || (row > 1 && chance() < 0.3))
      return [column.name, empty ? 'NULL' : seedValue(seed, row, attempt, dialect.kind)] as const
    })
    const columns = cells.map(([name]) => dialect.quote(name)).join(', ')
    const values = cells.length === 0 ? noValues(dialect) : `(${columns}) VALUES (${cells.map(([, value]) => value).join(', ')})`
    try {
      await connection.execute(`INSERT INTO ${tableName(one.table, dialect)} ${values}`)
      refused = await removeUnfit(one, connection, dialect)
      if (refused === undefined) return undefined
    } catch (error) {
      refused = error instanceof Error ? error.message : String(error)
    }
  }
  return refused
}

/** A row of defaults. */
const noValues = ({ kind }: SchemaDialect): string => (kind === 'mysql' || kind === 'mariadb' ? '() VALUES ()' : 'DEFAULT VALUES')

/** Takes rows away that a new check would refuse: what the data must meet before a change is not what a proof is about. */
async function removeUnfit(one: SeedTable, connection: Connection, dialect: SchemaDialect): Promise<string | undefined> {
  let refused: string | undefined
  for (const expression of one.newChecks) {
    if ((await deleted(`DELETE FROM ${tableName(one.table, dialect)} WHERE NOT (${expression})`, connection)) > 0)
      refused = `the new check (${expression}) refuses the rows that were tried`
  }
  return refused
}

async function deleted(sql: string, connection: Connection): Promise<number> {
  try {
    return (await connection.execute(sql)).affected
  } catch {
    // The check is about a column that comes with the change, so whether a row meets it shows when Up runs.
    return 0
  }
}

/** The values that foreign keys of a row may take: `row column` → SQL. */
async function readTargets(one: SeedTable, { connection, dialect, before }: Seeding): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>()
  for (const key of foreignKeys(before, one.table.id)) {
    const reference = key.payload.references
    if (reference === undefined || targetOf(key) === one.table.id) continue
    const columns = reference.columns.map((column, at) => `${asText(column, dialect)} AS c${at}`).join(', ')
    const present = reference.columns.map((column) => `${dialect.quote(column)} IS NOT NULL`).join(' AND ')
    const { rows } = await connection.execute(
      `SELECT ${columns} FROM ${tableName({ schema: reference.schema, name: reference.table }, dialect)} WHERE ${present} ORDER BY 1 LIMIT 3`,
    )
    rows.forEach((values, index) => {
      key.payload.columns.forEach((column, at) => found.set(`${index + 1} ${column}`, literal(String(values[`c${at}`]))))
    })
  }
  return found
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
