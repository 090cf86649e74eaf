import type { Reversibility, SourcePosition } from '@yama/core'
import type { FactId } from '../facts/fact.ts'

/** Why an action exists: the entity's line, the attribute, from and to. */
export interface Reason {
  readonly fact: FactId
  readonly change: 'add' | 'drop' | 'alter' | 'rename' | 'replace'
  readonly attribute?: string
  readonly from?: string
  readonly to?: string
  readonly origin?: SourcePosition
}

/** One statement, or one that must stand alone. */
export interface Action {
  readonly sql: string
  /** For the comment above the statement and for messages: `add column email to users`. */
  readonly title: string
  /** Facts which exist afterwards and did not before. */
  readonly produces: readonly FactId[]
  /** Facts which must exist already and stay. */
  readonly consumes: readonly FactId[]
  /** Facts which it would rather find made or changed, where they are, or gone, where they shall be; given up in a circle. What a routine's body names. */
  readonly after?: readonly FactId[]
  /** Facts which are gone afterwards. */
  readonly destroys: readonly FactId[]
  /** Facts which this stops referring to, so that they may be dropped later. */
  readonly releases: readonly FactId[]
  /** The strongest lock in the server's own words. */
  readonly lock: string
  readonly rewrite: boolean
  /** `none`: outside any transaction. `commit-after`: its effect may be used only after a commit. */
  readonly transaction: 'any' | 'none' | 'commit-after'
  readonly loss: 'none' | 'possible' | 'certain'
  /** What is lost, for people. */
  readonly loses?: string
  readonly reversibility: Reversibility
  readonly because: Reason
  /** A strategy's mark, e.g. the table that has to be rebuilt; actions with a mark are not final. */
  readonly needs?: { readonly strategy: string; readonly subject: FactId }
  /** Ties in the order: smaller first. Default by kind. */
  readonly weight?: number
  /** Actions with the same value keep the order in which they were returned. The engine sets it to one value per rule call. */
  readonly sequence?: string
  /** Actions with the same value are kept adjacent, in the order in which they were returned: a rebuild, a swap. */
  readonly together?: string
  /** Among those that are kept adjacent, before all that are not: several that make room for each other. */
  readonly ahead?: true
}
