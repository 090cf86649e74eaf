import type { KindFile } from './kind-file.ts'

/** The rows of a lookup table: a table with nothing but a key of texts, whose rows are part of the schema because entities state them. */
export interface RowsPayload {
  /** Sorted: the order in which they are stated means nothing. */
  readonly values: readonly string[]
}

/** The column of a lookup table. */
export const CODE = 'code'

export const rowsKind: KindFile<'rows'> = {
  rename: (fact) => fact.payload,
  mentions: (fact, { children }) =>
    children(fact.parent ?? '').flatMap(({ id, kind }) => (kind === 'column' || kind === 'constraint' ? [id] : [])),
  check: () => [],
}
