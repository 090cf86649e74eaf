import { childrenOf } from '../facts/base-index.ts'
import type { Fact, FactBase, FactId } from '../facts/fact.ts'
import { sameValue } from '../hash/same-value.ts'

interface States {
  readonly before: FactBase
  readonly after: FactBase
  /** `after` in the names of `before`. */
  readonly afterInOldNames: FactBase
  readonly moved: (id: FactId) => FactId
  /** True where the change fills something from queries over the rows. */
  readonly computes: boolean
}

/**
 * Tells of a column whether values at the edge of its type are safe: nothing about it changes, and nothing that comes with the change computes with
 * it. What such values do to a sum or a shorter type is not what a proof is about.
 */
export function steadiness(
  table: Fact<'table'>,
  { before, after, afterInOldNames, moved, computes }: States,
): (column: Fact<'column'>, later: Fact<'column'> | undefined) => boolean {
  const later = after.facts.get(moved(table.id))
  const same = later?.kind === 'table' && sameValue(withoutComment(table.payload), withoutComment(later.payload))
  const fresh = childrenOf(afterInOldNames, table.id).filter((fact) => {
    const known = before.facts.get(fact.id)
    return known === undefined || !sameValue(known.payload, fact.payload)
  })
  const text = fresh.map(({ payload }) => JSON.stringify(payload)).join(' ')
  return (column, now) =>
    same &&
    !computes &&
    (now === undefined || sameValue(withoutComment(column.payload), withoutComment(now.payload))) &&
    !text.includes(column.name)
}

const withoutComment = <T extends object>(payload: T): object => ({ ...payload, comment: undefined })
