import { childrenOfKind } from '../facts/base-index.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'

/** The columns of a key; none where it is over an expression. */
export const keyColumns = (key: Fact<'constraint'> | Fact<'index'>): readonly string[] =>
  key.kind === 'constraint'
    ? (key as Fact<'constraint'>).payload.columns
    : (key as Fact<'index'>).payload.keys.flatMap(({ column }) => (column === undefined ? [] : [column]))

/** Primary keys, unique and exclusion constraints, unique indexes. */
export function uniqueKeys(table: FactId, base: FactBase): readonly (Fact<'constraint'> | Fact<'index'>)[] {
  return [
    ...childrenOfKind(base, table, 'constraint').filter(({ payload }) => payload.type !== 'foreign' && payload.type !== 'check'),
    ...childrenOfKind(base, table, 'index').filter(({ payload }) => payload.unique),
  ]
}

/** Keys that the change adds, over the columns' old names. */
export function addedKeys(
  table: Fact<'table'>,
  before: FactBase,
  after: FactBase,
  moved: (id: FactId) => FactId,
): readonly (Fact<'constraint'> | Fact<'index'>)[] {
  const known = new Set(uniqueKeys(table.id, before).map((fact) => moved(fact.id)))
  return uniqueKeys(moved(table.id), after).filter((fact) => !known.has(fact.id))
}
