import type { SourcePosition } from '@yama/core'
import { createReport } from '../errors/report.ts'
import { sourceYamlErrors } from '../errors/errors.ts'
import { readDocuments } from '../read/read-documents.ts'
import type { Path, SourceDocument } from '../read/source-document.ts'

/** `{ sql: "now()" }` stands for an expression, everything else for itself; maps and lists are JSON. */
export type SeedValue = string | number | boolean | null | { readonly sql: string } | { readonly json: string }

export interface SeedRow {
  readonly values: ReadonlyMap<string, SeedValue>
  readonly position: SourcePosition
}

/** The rows of one table, as a document of a seed file states them. */
export interface SeedTable {
  /** As written: `users`, or `billing.invoices`. */
  readonly table: string
  /** The columns that tell which row it is. */
  readonly key: readonly string[]
  readonly rows: readonly SeedRow[]
}

const KEYS = new Set(['table', 'key', 'rows'])

/**
 * Reads a YAML seed: one document for each table, with `table`, `rows` and optionally `key` (default `[id]`). Throws
 * YAMA_SEED_YAML at the place of the first mistake.
 *
 * @example readSeed('table: plans\nkey: [code]\nrows:\n  - { code: free, price: 0 }\n', 'seed/plans.yaml')
 */
export function readSeed(text: string, file: string): readonly SeedTable[] {
  const report = createReport()
  const documents = readDocuments(text, file, report)
  const mistake = report.found.find(({ severity }) => severity === 'error')
  if (mistake !== undefined)
    throw seedError(file, mistake.message.replace(/\.$/, ''), mistake.hint ?? 'Correct the YAML.', mistake.position)
  if (documents.length === 0) throw seedError(file, 'it is empty', 'Write `table:`, `key:` and `rows:`.', { file, line: 1, column: 1 })
  return documents.map(readTable)
}

const seedError = (file: string, problem: string, fix: string, position: SourcePosition | undefined): Error =>
  sourceYamlErrors.YAMA_SEED_YAML({ file, problem, fix }, { position })

function readTable(document: SourceDocument): SeedTable {
  const data = document.data as Readonly<Record<string, unknown>>
  const refuse = (path: Path, problem: string, fix: string): Error => seedError(document.file, problem, fix, document.at(path))
  for (const name of Object.keys(data))
    if (!KEYS.has(name)) throw refuse([name], `there is no key \`${name}\``, 'Keys are `table`, `key` and `rows`.')
  const { table, key = ['id'], rows } = data
  if (typeof table !== 'string' || table === '') throw refuse([], 'it names no table', 'Write `table: users`.')
  const keys: unknown = typeof key === 'string' ? [key] : key
  if (!isTexts(keys) || keys.length === 0) throw refuse(['key'], '`key` is not a list of columns', 'Write `key: [id]`.')
  if (!Array.isArray(rows) || rows.length === 0)
    throw refuse(['rows'], '`rows` is not a list of rows', 'Write `rows:` and `- { id: 1, name: Ada }` below it.')
  const read = rows.map((row: unknown, index): SeedRow => {
    const path: Path = ['rows', index]
    if (!isMap(row)) throw refuse(path, `row ${index + 1} is not a mapping`, 'Write `- { id: 1, name: Ada }`.')
    const missing = keys.find((column) => row[column] === undefined || row[column] === null)
    if (missing !== undefined)
      throw refuse(
        path,
        `row ${index + 1} has no \`${missing}\`, which says which row it is`,
        'Give it a value, or name other columns in `key`.',
      )
    const values = new Map(Object.entries(row).map(([column, value]) => [column, seedValue(value)]))
    return { values, position: document.at(path) }
  })
  return { table, key: keys, rows: read }
}

function seedValue(value: unknown): SeedValue {
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value
  if (value instanceof Date) return value.toISOString()
  if (isMap(value) && Object.keys(value).length === 1 && typeof value['sql'] === 'string') return { sql: value['sql'] }
  return { json: JSON.stringify(value) }
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((item) => typeof item === 'string')
const isMap = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
