import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { childrenOfKind, dependenciesOf } from '../facts/base-index.ts'
import { objectId } from '../facts/fact-id.ts'
import { ancestors } from '../facts/own-or-inherited.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'
import { foreignKeys, newForeignKeys } from './new-foreign-keys.ts'
import { steadiness } from './steadiness.ts'
import { addedKeys, keyColumns, uniqueKeys } from './unique-keys.ts'
import type { SeedColumn } from './seed-value.ts'

export interface SeedField {
  readonly column: Fact<'column'>
  readonly seed: SeedColumn
  /** Null would be refused now or after the change. */
  readonly required: boolean
  /** Part of a key now or after the change. */
  readonly unique: boolean
  /** True where values at the edge of the type stay what they are. */
  readonly steady: boolean
}

/** Enough for every kind of value to come several times, and for every value of most lists. */
const WANTED = 24

/** How to fill one table so that the rows are right before and after the change. */
export interface SeedTable {
  readonly table: Fact<'table'>
  readonly fields: readonly SeedField[]
  readonly keys: readonly Fact<'constraint'>[]
  readonly wanted: number
  /** Checks that the change adds, in the old names: rows must meet them already. */
  readonly newChecks: readonly string[]
  /** Why it gets no rows at all. */
  readonly obstacle: string | undefined
}

/** The states around a change, and how names move between them. */
export interface SeedStates {
  readonly before: FactBase
  readonly after: FactBase
  /** `after` in the names of `before`. */
  readonly afterInOldNames: FactBase
  readonly moved: (id: FactId) => FactId
}

/** Tables in the order in which rows can be inserted: what a foreign key points to comes first, where there is no circle. */
export function seedTables(states: SeedStates, dialect: SchemaDialect): readonly SeedTable[] {
  const { before } = states
  const computes = [...states.after.facts.values()].some((fact) => fact.kind === 'view' && fact.payload.materialized)
  const tables = [...before.facts.values()].filter((fact): fact is Fact<'table'> => fact.kind === 'table')
  const ordered: Fact<'table'>[] = []
  const seen = new Set<FactId>()
  const visit = (table: Fact<'table'>, depth: number): void => {
    if (seen.has(table.id)) return
    seen.add(table.id)
    for (const key of foreignKeys(before, table.id)) {
      const target = before.facts.get(targetOf(key))
      // Deep chains are cut, not followed to the end of the stack; their rows are then reported as missing.
      if (target?.kind === 'table' && depth < 500) visit(target as Fact<'table'>, depth + 1)
    }
    ordered.push(table)
  }
  for (const table of tables.toSorted((a, b) => (a.id < b.id ? -1 : 1))) visit(table, 0)
  // The rows of a partition come through its parent, which knows where each belongs.
  return ordered
    .filter((table) => table.payload.partitionOf === undefined && !hasStatedRows(table, states))
    .map((table) => seedTable(table, { ...states, computes }, dialect))
}

/** Its own columns and those that it has from its parents. */
function columnsOf(base: FactBase, table: FactId): readonly Fact<'column'>[] {
  const columns = new Map<string, Fact<'column'>>()
  for (const each of [table, ...ancestors(base, table)])
    for (const column of childrenOfKind(base, each, 'column')) if (!columns.has(column.name)) columns.set(column.name, column)
  return [...columns.values()]
}

/** The rows of a lookup table are part of the schema, on either side: nothing is added to them. */
export function hasStatedRows({ id }: Fact<'table'>, { before, after, moved }: Pick<SeedStates, 'before' | 'after' | 'moved'>): boolean {
  return childrenOfKind(before, id, 'rows').length > 0 || childrenOfKind(after, moved(id), 'rows').length > 0
}

export function targetOf({ payload }: Fact<'constraint'>): FactId {
  return payload.references === undefined ? '' : objectId('table', payload.references.schema, payload.references.table)
}

function seedTable(table: Fact<'table'>, states: SeedStates & { readonly computes: boolean }, dialect: SchemaDialect): SeedTable {
  const { before, after, afterInOldNames, moved } = states
  const old = childrenOfKind(before, table.id, 'constraint')
  const now = childrenOfKind(afterInOldNames, table.id, 'constraint')
  const checks = [...old, ...now].filter((fact) => fact.payload.type === 'check')
  // One that is not enforced is met by no row that it does not happen to fit.
  const met = new Set(old.filter(({ payload }) => payload.options['notEnforced'] !== true).map(({ payload }) => payload.expression))
  const newChecks = now.flatMap(({ payload }) =>
    payload.type === 'check' && payload.expression !== undefined && !met.has(payload.expression) ? [payload.expression] : [],
  )
  const keys = uniqueKeys(table.id, before)
  const added = addedKeys(table, before, after, moved).map((key) => keyColumns(key))
  const unique = new Set([
    ...keys.flatMap((key) => keyColumns(key)),
    ...uniqueKeys(table.id, afterInOldNames).flatMap((key) => keyColumns(key)),
  ])
  const isSteady = steadiness(table, states)
  const fields = columnsOf(before, table.id)
    .filter((column) => column.payload.generated === undefined && column.payload.identity === undefined)
    .map((column): SeedField => {
      const later = after.facts.get(moved(column.id)) as Fact<'column'> | undefined
      const values = commonValues(enumValues(before, column), later === undefined ? undefined : enumValues(after, later))
      const type =
        later !== undefined && /char|text/i.test(column.payload.type)
          ? narrower(column.payload.type, later.payload.type)
          : column.payload.type
      return {
        column,
        required:
          column.payload.notNull ||
          later?.payload.notNull === true ||
          isKey(before, column) ||
          takesNoNull(before, column) ||
          (later !== undefined && feedsRequired(after, later)) ||
          (later !== undefined && takesNoNull(after, later)),
        unique: unique.has(column.name),
        steady: isSteady(column, later),
        seed: { type, values, hints: hintsFor(column, checks) },
      }
    })
  const pointing = new Set(foreignKeys(before, table.id).flatMap((key) => key.payload.columns))
  return {
    table,
    fields,
    keys: foreignKeys(before, table.id),
    wanted: added.every((columns) => columns.some((name) => differs(fields, name) && !pointing.has(name))) ? WANTED : 1,
    newChecks,
    obstacle: obstacleOf(table, states, dialect),
  }
}

/** A domain may refuse nulls for all of its columns. */
const takesNoNull = (base: FactBase, column: Fact<'column'>): boolean =>
  dependenciesOf(base, column.id).some((id) => {
    const type = base.facts.get(id)
    return type?.kind === 'domain' && type.payload.notNull
  })

/** A column that is computed from this one may refuse nulls. */
const feedsRequired = (base: FactBase, column: Fact<'column'>): boolean =>
  childrenOfKind(base, column.parent ?? '', 'column').some(
    ({ payload, dependsOn }) => payload.generated !== undefined && payload.notNull && dependsOn.includes(column.id),
  )

/** True for a column whose plain values are another one in every row. */
function differs(fields: readonly SeedField[], name: string): boolean {
  const field = fields.find(({ column }) => column.name === name)
  return field !== undefined && field.seed.values === undefined && field.seed.hints.texts.length === 0 && DIFFERENT.test(field.seed.type)
}

const DIFFERENT = /^(small|medium|big)?int|^numeric|^decimal|^uuid|^text|varying|varchar|^timestamp|^date/i

/** The one that accepts less: what fits it fits the other. A single value becomes the one member of a list. */
function narrower(old: string, now: string): string {
  const size = (type: string): number => Number(/char[^(]*\((\d+)/i.exec(type)?.[1] ?? Infinity)
  if (!/char|text/i.test(now)) return old.endsWith('[]') ? now : now.replace(/\[\]$/, '')
  return size(now) < size(old) ? now : old
}

function commonValues(old: readonly string[] | undefined, now: readonly string[] | undefined): readonly string[] | undefined {
  if (old === undefined || now === undefined) return old ?? now
  return old.filter((value) => now.includes(value))
}

function enumValues(base: FactBase, column: Fact<'column'>): readonly string[] | undefined {
  if (column.payload.type.endsWith('[]')) return undefined
  for (const id of dependenciesOf(base, column.id)) {
    const fact = base.facts.get(id)
    if (fact?.kind === 'enum') return fact.payload.values
  }
  const listed = /^(?:enum|set)\((.*)\)$/is.exec(column.payload.type)?.[1]
  return listed === undefined ? undefined : [...listed.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"))
}

function isKey(base: FactBase, column: Fact<'column'>): boolean {
  return childrenOfKind(base, column.parent ?? '', 'constraint').some(
    (fact) => fact.payload.type === 'primary' && fact.payload.columns.includes(column.name),
  )
}

function hintsFor(column: Fact<'column'>, checks: readonly Fact<'constraint'>[]): SeedColumn['hints'] {
  const about = checks.map((fact) => fact.payload.expression ?? '').filter((text) => text.includes(column.name))
  return {
    texts: about.flatMap((text) => [...text.matchAll(/'((?:[^']|'')*)'/g)].map((match) => (match[1] ?? '').replaceAll("''", "'"))),
    numbers: about.flatMap((text) => [...text.matchAll(/(?<![\w'.])-?\d+(?:\.\d+)?/g)].map((match) => Number(match[0]))),
  }
}

function obstacleOf(
  table: Fact<'table'>,
  { before, after, afterInOldNames, moved }: SeedStates,
  dialect: SchemaDialect,
): string | undefined {
  const known = new Set(childrenOfKind(before, table.id, 'column').map((column) => moved(column.id)))
  const added = childrenOfKind(after, moved(table.id), 'column').find(
    ({ id, payload }) =>
      !known.has(id) &&
      payload.notNull &&
      payload.default === undefined &&
      payload.identity === undefined &&
      payload.generated === undefined,
  )
  if (added !== undefined) return `column ${dialect.quote(added.name)} is added as NOT NULL without a default, which needs an empty table`
  const old = new Set(childrenOfKind(before, table.id, 'column').map((column) => column.name))
  // Rows get the default of a column that is added, and there need be nothing that it points to.
  const isFilled = ({ name, payload }: Fact<'column'>): boolean => !old.has(name) && payload.default !== undefined
  const required = new Set(
    [before, afterInOldNames].flatMap((base) =>
      childrenOfKind(base, table.id, 'column').flatMap((column) => (column.payload.notNull || isFilled(column) ? [column.name] : [])),
    ),
  )
  const key = newForeignKeys(table.id, before, afterInOldNames).find(({ payload }) => payload.columns.some((name) => required.has(name)))
  return key === undefined
    ? undefined
    : `foreign key ${dialect.quote(key.name)} is added or points elsewhere, and no row can be sure to meet it`
}
