import type { MigrationId } from '../contract/migration.ts'

/** The migrations without children so far. */
export interface Frontier {
  /** Adds a migration with its own parents. */
  join(id: MigrationId, parents: readonly MigrationId[]): void
  /** Adds a migration on top of everything. */
  extend(id: MigrationId): readonly MigrationId[]
  /** Parents for a migration beside the chain: on top of everything, and nothing follows it but the next one beside. */
  aside(id: MigrationId): readonly MigrationId[]
}

/** An empty frontier. */
export function frontierOf(): Frontier {
  // In a chain there is always one: a set that is emptied for each of a hundred thousand costs more than all the rest.
  let only: MigrationId | undefined
  const others = new Set<MigrationId>()
  let beside: { readonly id: MigrationId; readonly covers: boolean } | undefined
  const all = (): MigrationId[] => (only === undefined ? [...others] : [only])
  return {
    join: (id, parents) => {
      if (beside !== undefined) beside = { id: beside.id, covers: false }
      const isNext = only === undefined ? others.size === 0 : parents.length === 1 && parents[0] === only
      if (isNext) {
        only = id
        return
      }
      if (only !== undefined) others.add(only)
      only = undefined
      for (const parent of parents) others.delete(parent)
      others.add(id)
    },
    extend: (id) => {
      const parents = all()
      if (only === undefined) others.clear()
      only = id
      if (beside !== undefined) beside = { id: beside.id, covers: false }
      return parents
    },
    aside: (id) => {
      const parents = beside?.covers === true ? [beside.id] : all()
      if (beside?.covers === false) parents.push(beside.id)
      beside = { id, covers: true }
      return parents
    },
  }
}
