import { childrenOfKind } from '../facts/base-index.ts'
import { objectId } from '../facts/fact-id.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'

export function foreignKeys(base: FactBase, table: FactId): readonly Fact<'constraint'>[] {
  return childrenOfKind(base, table, 'constraint').filter((fact) => fact.payload.type === 'foreign')
}

/**
 * Foreign keys of the wanted state, in the old names, that rows of today cannot be sure to meet: new ones, those that point elsewhere under their old
 * name, and those whose table goes (SQLite lets them point to nothing).
 */
export function newForeignKeys(table: FactId, before: FactBase, afterInOldNames: FactBase): readonly Fact<'constraint'>[] {
  const known = new Set(foreignKeys(before, table).map(meaning))
  const goes = ({ payload: { references } }: Fact<'constraint'>): boolean => {
    const target = references === undefined ? '' : objectId('table', references.schema, references.table)
    return before.facts.has(target) && !afterInOldNames.facts.has(target)
  }
  return foreignKeys(afterInOldNames, table).filter((key) => !known.has(meaning(key)) || goes(key))
}

const meaning = ({ payload: { columns, references } }: Fact<'constraint'>): string =>
  JSON.stringify([columns, references?.schema, references?.table, references?.columns])
