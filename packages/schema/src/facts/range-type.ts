import { typeMentions } from './type-mentions.ts'
import type { KindFile } from './kind-file.ts'

/** A range type, with the multirange type that comes with it. Functions by their qualified names. */
export interface RangeTypePayload {
  readonly subtype: string
  /** Only where it is not the subtype's default. */
  readonly operatorClass?: string
  readonly collation?: string
  readonly canonical?: string
  readonly difference?: string
  /** Qualified; only where the server would choose another name. */
  readonly multirange?: string
  readonly comment?: string
}

export const rangeTypeKind: KindFile<'rangeType'> = {
  rename: ({ payload }, names) => ({ ...payload, subtype: names.text(payload.subtype, []) }),
  mentions: ({ payload, schema }, { base }) => typeMentions(payload.subtype, schema, base),
  check: () => [],
}
