import type { AnyFact, Fact, FactId, FactKind, FactPayloads } from '../facts/fact.ts'

/** One changed attribute of a payload, top level. */
export interface AttributeChange {
  readonly attribute: string
  readonly from: unknown
  readonly to: unknown
}

export type Delta<K extends FactKind = FactKind> =
  | { readonly change: 'add'; readonly kind: K; readonly id: FactId; readonly to: Fact<K> }
  | { readonly change: 'drop'; readonly kind: K; readonly id: FactId; readonly from: Fact<K> }
  | {
      readonly change: 'alter'
      readonly kind: K
      readonly id: FactId
      readonly from: Fact<K>
      readonly to: Fact<K>
      readonly attributes: readonly (AttributeChange & { readonly attribute: keyof FactPayloads[K] & string })[]
    }
  /** Made by the rename map; both facts are the same object. Attribute changes are separate deltas on the new id. */
  | { readonly change: 'rename'; readonly kind: K; readonly id: FactId; readonly from: Fact<K>; readonly to: Fact<K> }
export type AnyDelta = { [K in FactKind]: Delta<K> }[FactKind]
export type AlterDelta = Extract<AnyDelta, { readonly change: 'alter' }>

/** A rename that was declared (`was:`) or decided. */
export interface Rename {
  readonly from: FactId
  readonly to: FactId
}

/** A question that only a person can answer. */
export interface RenameCandidate {
  readonly kind: FactKind
  readonly from: AnyFact
  readonly to: AnyFact
  /** 0 to 1. */
  readonly score: number
  readonly evidence: readonly string[]
  /** True where one of the two facts stands in another candidate as well: a person has to choose. */
  readonly ambiguous: boolean
}
