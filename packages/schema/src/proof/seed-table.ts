import type { SchemaDialect } from '../contract/schema-dialect.ts'
import { childrenOfKind, dependenciesOf } from '../facts/base-index.ts'
import { objectId } from '../facts/fact-id.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'
import type { SeedColumn } from './seed-value.ts'

export interface SeedField {
  readonly column: Fact<'column'>
  readonly seed: SeedColumn
  /** Null would be refused now or after the change. */
  readonly required: boolean
}

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
  return ordered.map((table) => seedTable(table, states, dialect))
}

export function targetOf({ payload }: Fact<'constraint'>): FactId {
  return payload.references === undefined ? '' : objectId('table', payload.references.schema, payload.references.table)
}

export function foreignKeys(base: FactBase, table: FactId): readonly Fact<'constraint'>[] {
  return childrenOfKind(base, table, 'constraint').filter((fact) => fact.payload.type === 'foreign')
}

function seedTable(table: Fact<'table'>, { before, after, afterInOldNames, moved }: SeedStates, dialect: SchemaDialect): SeedTable {
  const old = childrenOfKind(before, table.id, 'constraint')
  const now = childrenOfKind(afterInOldNames, table.id, 'constraint')
  const checks = [...old, ...now].filter((fact) => fact.payload.type === 'check')
  const met = new Set(old.map((fact) => fact.payload.expression))
  const newChecks = now.flatMap(({ payload }) =>
    payload.type === 'check' && payload.expression !== undefined && !met.has(payload.expression) ? [payload.expression] : [],
  )
  const fields = childrenOfKind(before, table.id, 'column')
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
        required: column.payload.notNull || later?.payload.notNull === true || isKey(before, column),
        seed: { type, values, hints: hintsFor(column, checks) },
      }
    })
  const added = addedKeys(table, before, after, moved)
  return {
    table,
    fields,
    keys: foreignKeys(before, table.id),
    wanted: added ? 1 : 3,
    newChecks,
    obstacle: obstacleOf(table, before, after, moved, dialect),
  }
}

/** The one that accepts less: what fits it fits the other. */
function narrower(old: string, now: string): string {
  const size = (type: string): number => Number(/char[^(]*\((\d+)/i.exec(type)?.[1] ?? Infinity)
  if (!/char|text/i.test(now)) return now
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
  return undefined
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

/** One row cannot break a new key. */
function addedKeys(table: Fact<'table'>, before: FactBase, after: FactBase, moved: (id: FactId) => FactId): boolean {
  const known = new Set(
    [...childrenOfKind(before, table.id, 'constraint'), ...childrenOfKind(before, table.id, 'index')].map((fact) => moved(fact.id)),
  )
  return [...childrenOfKind(after, moved(table.id), 'constraint'), ...childrenOfKind(after, moved(table.id), 'index')].some(
    (fact) =>
      !known.has(fact.id) &&
      (fact.kind === 'constraint' ? fact.payload.type !== 'foreign' && fact.payload.type !== 'check' : fact.payload.unique),
  )
}

function obstacleOf(
  table: Fact<'table'>,
  before: FactBase,
  after: FactBase,
  moved: (id: FactId) => FactId,
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
  const pointed = new Set(foreignKeys(before, table.id).map((key) => moved(key.id)))
  const key = foreignKeys(after, moved(table.id)).find((one) => !pointed.has(one.id))
  const required = key?.payload.columns.some((name) =>
    childrenOfKind(after, moved(table.id), 'column').some((column) => column.name === name && column.payload.notNull),
  )
  return key !== undefined && required === true
    ? `foreign key ${dialect.quote(key.name)} is added, and no row can be sure to meet it`
    : undefined
}
