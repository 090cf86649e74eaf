import type { Action } from '../contract/action.ts'
import { describeFact } from '../facts/describe-fact.ts'
import { objectId } from '../facts/fact-id.ts'
import type { FactId } from '../facts/fact.ts'
import { parseFactId } from '../facts/parse-fact-id.ts'

/** Tables, by id, and where their rows are kept; undefined where the dialect cannot tell. */
export type Storage = ReadonlyMap<FactId, string> | undefined

/**
 * Sentences about tables that were written anew although none of the actions says so: whoever reads the plan counts on a short lock.
 * `moved` takes an id from the state before to the one after.
 */
export function unstatedRewrites(
  before: Storage,
  after: Storage,
  moved: (id: FactId) => FactId,
  actions: readonly Action[],
): readonly string[] {
  if (before === undefined || after === undefined) return []
  const stated = new Set<FactId>()
  for (const { rewrite, because, produces, consumes, destroys, releases } of actions)
    if (rewrite) for (const id of [because.fact, ...produces, ...consumes, ...destroys, ...releases]) stated.add(tableOf(id))
  return [...before].flatMap(([id, place]) => {
    const now = after.get(moved(id))
    return now === undefined || now === place || stated.has(id) || stated.has(moved(id))
      ? []
      : [`${describeFact(moved(id))} is written anew, and no statement says so.`]
  })
}

function tableOf(id: FactId): FactId {
  const { kind, schema, table, name } = parseFactId(id)
  return table !== undefined ? objectId('table', schema, table) : kind === 'table' ? objectId('table', schema, name) : id
}
