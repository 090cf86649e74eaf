import type { Rename } from '../contract/delta.ts'
import type { SchemaDialect } from '../contract/schema-dialect.ts'
import type { AnyFact, FactBase, FactId } from '../facts/fact.ts'
import { renameFacts } from './rename-facts.ts'

/**
 * Tables and columns that are written in other upper and lower case, where the server takes both names for one: there is nothing to ask, for a schema
 * or a table cannot have the two. `renames` are those that are known already.
 */
export function caseRenames(
  before: FactBase,
  after: FactBase,
  renames: readonly Rename[],
  dialect: Pick<SchemaDialect, 'columnsIgnoreCase' | 'tablesIgnoreCase'>,
): Rename[] {
  const tables = dialect.tablesIgnoreCase === true ? otherCase(before, after, renames, 'table') : []
  const columns = dialect.columnsIgnoreCase === true ? otherCase(before, after, [...renames, ...tables], 'column') : []
  return [...tables, ...columns]
}

function otherCase(before: FactBase, after: FactBase, renames: readonly Rename[], meant: 'table' | 'column'): Rename[] {
  const renamed = renameFacts(before, renames)
  const wanted = new Map<string, FactId>()
  for (const fact of after.facts.values()) if (fact.kind === meant && !renamed.base.facts.has(fact.id)) wanted.set(keyOf(fact), fact.id)
  if (wanted.size === 0) return []
  return [...before.facts.values()].flatMap(({ kind, id }): Rename[] => {
    if (kind !== meant) return []
    const known = renamed.base.facts.get(renamed.id(id))
    if (known === undefined || after.facts.has(known.id)) return []
    const to = wanted.get(keyOf(known))
    return to === undefined ? [] : [{ from: id, to }]
  })
}

const keyOf = ({ parent, schema, name }: AnyFact): string => `${parent ?? schema}\0${name.toLowerCase()}`
