import { typeMentions } from './type-mentions.ts'
import type { KindFile } from './kind-file.ts'

export interface CompositeAttribute {
  readonly name: string
  readonly type: string
  /** Only where it differs from the type's own. */
  readonly collation?: string
  readonly comment?: string
}

/** A row type that stands for itself. That of a table is part of the table. */
export interface CompositeTypePayload {
  /** In order. */
  readonly attributes: readonly CompositeAttribute[]
  readonly comment?: string
}

export const compositeTypeKind: KindFile<'compositeType'> = {
  rename: ({ payload }, names) => ({
    ...payload,
    attributes: payload.attributes.map((attribute) => ({ ...attribute, type: names.text(attribute.type, []) })),
  }),
  mentions: ({ payload, schema }, { base }) => payload.attributes.flatMap(({ type }) => typeMentions(type, schema, base)),
  check: ({ payload }) =>
    new Set(payload.attributes.map(({ name }) => name)).size === payload.attributes.length ? [] : ['an attribute stands in it twice'],
}
