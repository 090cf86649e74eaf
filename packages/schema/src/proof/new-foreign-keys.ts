import { childrenOfKind } from '../facts/base-index.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'

export function foreignKeys(base: FactBase, table: FactId): readonly Fact<'constraint'>[] {
  return childrenOfKind(base, table, 'constraint').filter((fact) => fact.payload.type === 'foreign')
}

/** Foreign keys of the wanted state, in the old names, that no row of today has to meet: new ones, and those that point elsewhere under their old name. */
export function newForeignKeys(table: FactId, before: FactBase, afterInOldNames: FactBase): readonly Fact<'constraint'>[] {
  const known = new Set(foreignKeys(before, table).map(meaning))
  return foreignKeys(afterInOldNames, table).filter((key) => !known.has(meaning(key)))
}

const meaning = ({ payload: { columns, references } }: Fact<'constraint'>): string =>
  JSON.stringify([columns, references?.schema, references?.table, references?.columns])
