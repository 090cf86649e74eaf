import {
  difference,
  findRenames,
  keepPrivileges,
  keepStated,
  planChange,
  type AnyDelta,
  type ChangePlan,
  type FactBase,
  type SchemaDialect,
  type Unmanaged,
} from '@yama/schema'
import { authoringErrors } from '../errors/errors.ts'

export interface Comparison {
  readonly deltas: readonly AnyDelta[]
  /** The script that turns the first state into the second; `refusals` where there is none. */
  readonly up: ChangePlan
  /** The way back. */
  readonly down: ChangePlan
  readonly unmanaged: { readonly from: readonly Unmanaged[]; readonly to: readonly Unmanaged[] }
}

interface Sides {
  readonly from: boolean
  readonly to: boolean
}

const withoutUnstated = (base: FactBase, other: FactBase, isJudged: boolean): FactBase => (isJudged ? keepStated(base, other) : base)

/**
 * Compares two states of one dialect. `entities` says which of them is made from entities: where such a state says nothing about privileges,
 * or about the rows of a table, those of the other are no difference. Nor are rows of a `live` database of which the files say nothing. Rejects with YAMA_STATE_INCOMPARABLE where different databases printed them.
 */
export function compareStates(
  first: FactBase,
  second: FactBase,
  dialect: SchemaDialect,
  names: { readonly from: string; readonly to: string },
  entities: Sides = { from: false, to: false },
  live: Sides = { from: false, to: false },
): Comparison {
  const rank = (side: 'from' | 'to'): number => (entities[side] ? 2 : live[side] ? 0 : 1)
  const from = withoutUnstated(entities.from ? keepPrivileges(first, second) : first, second, rank('from') < rank('to'))
  const to = withoutUnstated(entities.to ? keepPrivileges(second, first) : second, first, rank('to') < rank('from'))
  const family = (tag: string): string => tag.replace(/\d+(?=:)/, '')
  if (family(from.tag) !== family(to.tag))
    throw authoringErrors.YAMA_STATE_INCOMPARABLE({ from: names.from, fromTag: from.tag, to: names.to, toTag: to.tag })
  const { renames } = findRenames(from, to, [], dialect)
  return {
    deltas: difference(from, to),
    up: planChange({ before: from, after: to, dialect, renames }),
    down: planChange({ before: to, after: from, dialect, renames: renames.map((rename) => ({ from: rename.to, to: rename.from })) }),
    unmanaged: { from: from.unmanaged, to: to.unmanaged },
  }
}
