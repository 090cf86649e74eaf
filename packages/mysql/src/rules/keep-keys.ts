import type { Fact, FactId, RuleContext } from '@yama/schema'
import { quoteName } from '../text/names.ts'
import { renderIndex } from './render-key.ts'

/**
 * Clauses that make indexes stay. One that the server made for a foreign key by itself goes in silence when another index can serve that key, or
 * when another foreign key over the same columns comes; one that was asked for does not. Nothing tells them apart, so each is asked for: the servers see that
 * it is the same and build nothing. `comers` are the indexes and constraints that come.
 */
export function keepKeys(table: FactId, comers: readonly FactId[], context: RuleContext): readonly string[] {
  const added = comers.flatMap((id) => addedColumns(id, context))
  if (added.length === 0) return []
  const over = (base: 'before' | 'after'): readonly string[] =>
    context
      .children(table, 'constraint', base)
      .filter(({ payload }) => payload.type === 'foreign')
      .map(({ payload }) => payload.columns.join('\0'))
  const keyed = new Set([...over('before'), ...over('after')])
  return context
    .children(table, 'index', 'after')
    .filter((index) => {
      const columns = plainColumns(index)
      if (columns === undefined || context.deltas.has(index.id) || !context.before.facts.has(index.id) || !keyed.has(columns.join('\0')))
        return false
      return added.some((other) => columns.every((column, at) => other[at] === column))
    })
    .flatMap((index) => [`DROP KEY ${quoteName(index.name)}`, `ADD ${renderIndex(index)}`])
}

/** The columns of a key, an index or a foreign key that comes. */
function addedColumns(id: FactId, { after }: RuleContext): readonly (readonly string[])[] {
  const fact = after.facts.get(id)
  if (fact?.kind === 'index') return [fact.payload.keys.map((key) => key.column ?? '')]
  return fact?.kind === 'constraint' && fact.payload.type !== 'check' ? [fact.payload.columns] : []
}

function plainColumns({ payload }: Fact<'index'>): readonly string[] | undefined {
  const { keys, method, unique } = payload
  if (
    unique ||
    method !== 'btree' ||
    Object.keys(payload.options).length > 0 ||
    keys.some((key) => key.prefixLength !== undefined || key.descending === true)
  )
    return undefined
  return keys.every((key) => key.column !== undefined) ? keys.map((key) => key.column ?? '') : undefined
}
