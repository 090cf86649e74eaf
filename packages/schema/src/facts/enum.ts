import type { KindFile } from './kind-file.ts'

/** A native enumeration type. Dialects without one express enums as checks or lookup tables. */
export interface EnumPayload {
  readonly values: readonly string[]
  readonly comment?: string
}

export const enumKind: KindFile<'enum'> = {
  rename: (fact) => fact.payload,
  mentions: () => [],
  check: ({ payload }) => (new Set(payload.values).size === payload.values.length ? [] : ['a value stands in it twice']),
}
