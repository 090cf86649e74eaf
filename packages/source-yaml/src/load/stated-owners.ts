import type { FactId } from '@yama/schema'
import type { Placed } from '../model/model.ts'

/** `owner:` of everything that states one: an entity, a view, a function. */
export function statedOwners(statedBy: ReadonlyMap<FactId, Placed>): ReadonlyMap<FactId, string> {
  const owners = new Map<FactId, string>()
  for (const [id, { source, path }] of statedBy) {
    let node: unknown = source.data
    for (const part of path) node = isMap(node) ? node[part] : undefined
    const owner = isMap(node) ? node['owner'] : undefined
    if (typeof owner === 'string' && owner !== '') owners.set(id, owner)
  }
  return owners
}

const isMap = (value: unknown): value is Readonly<Record<string | number, unknown>> => typeof value === 'object' && value !== null
