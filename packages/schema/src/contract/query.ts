import type { Expression } from './expression.ts'

/** A table or view that a query reads. */
export interface QuerySource {
  readonly schema?: string
  readonly name: string
  readonly alias?: string
  /** How it joins what stands before it; the first one joins nothing. */
  readonly join: 'first' | 'cross' | 'inner' | 'left'
  readonly on?: Expression
}

/** What a query gives: a value, or all columns of a source (`table` left out: of all of them). */
export type QueryItem =
  | { readonly kind: 'value'; readonly value: Expression; readonly name?: string }
  | { readonly kind: 'all'; readonly table?: string }

/** A plain SELECT as data: what every database can say. */
export interface Query {
  readonly distinct: boolean
  readonly items: readonly QueryItem[]
  readonly sources: readonly QuerySource[]
  readonly where?: Expression
  readonly groupBy: readonly Expression[]
  readonly having?: Expression
  readonly orderBy: readonly { readonly value: Expression; readonly descending: boolean }[]
}
