import { typeMentions } from './type-mentions.ts'
import type { KindFile } from './kind-file.ts'

export interface DomainCheck {
  readonly name: string
  readonly expression: string
  readonly notValid?: boolean
  readonly comment?: string
}

/** A type with conditions of its own. */
export interface DomainPayload {
  readonly type: string
  readonly notNull: boolean
  /** Since PostgreSQL 17 a NOT NULL is a constraint: its name where somebody chose it, or a comment hangs on another than the usual one. */
  readonly notNullName?: string
  readonly notNullComment?: string
  readonly default?: string
  /** Only where it differs from the type's own. */
  readonly collation?: string
  /** By name. */
  readonly checks: readonly DomainCheck[]
  readonly comment?: string
}

export const domainKind: KindFile<'domain'> = {
  rename: ({ payload }, names) => ({
    ...payload,
    type: names.text(payload.type, []),
    ...(payload.default === undefined ? {} : { default: names.text(payload.default, []) }),
  }),
  mentions: ({ payload, schema }, { base }) => typeMentions(payload.type, schema, base),
  check: ({ payload }) =>
    new Set(payload.checks.map(({ name }) => name)).size === payload.checks.length ? [] : ['two of its checks have one name'],
}
