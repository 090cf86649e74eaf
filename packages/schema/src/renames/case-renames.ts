import type { Rename } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { FactBase, FactId } from '../facts/fact.ts'
import { renameFacts } from './rename-facts.ts'

/**
 * Columns that are written in other upper and lower case, where the server takes both names for one: there is nothing to ask, for a table cannot have
 * the two. `renames` are those that are known already.
 */
export function caseRenames(
  before: FactBase,
  after: FactBase,
  renames: readonly Rename[],
  dialect: Pick<SchemaDialect, 'columnsIgnoreCase'>,
): Rename[] {
  if (dialect.columnsIgnoreCase !== true) return []
  const renamed = renameFacts(before, renames)
  const wanted = new Map<string, FactId>()
  for (const { id, kind, name, parent } of after.facts.values())
    if (kind === 'column' && !renamed.base.facts.has(id)) wanted.set(keyOf(parent, name), id)
  if (wanted.size === 0) return []
  return [...before.facts.values()].flatMap(({ kind, id }): Rename[] => {
    if (kind !== 'column') return []
    const known = renamed.base.facts.get(renamed.id(id))
    if (known === undefined || after.facts.has(known.id)) return []
    const to = wanted.get(keyOf(known.parent, known.name))
    return to === undefined ? [] : [{ from: id, to }]
  })
}

const keyOf = (parent: FactId | undefined, name: string): string => `${parent ?? ''}\0${name.toLowerCase()}`
