import type { KindFile } from './kind-file.ts'
import { columnFacts } from './own-or-inherited.ts'

/** What kind of object privileges are on, in the words of `GRANT … ON`. */
export type GrantTarget =
  | 'schema'
  | 'table'
  | 'sequence'
  | 'function'
  | 'procedure'
  | 'type'
  | 'domain'
  | 'foreign data wrapper'
  | 'foreign server'
  | 'language'

/**
 * What one role may do with one object, where that is not what the server gives by itself. Its parent is the object (none for the
 * schema `public`); its name is the role's, with the column behind it where the privileges are on one: `app(email)`.
 */
export interface GrantPayload {
  readonly on: GrantTarget
  /** `PUBLIC`, a role, or `owner` for whoever owns the object. Roles are referred to, never made. */
  readonly to: string
  /** As `GRANT` takes it, qualified; a function with its arguments. */
  readonly object: string
  readonly column?: string
  /** Upper case, sorted. */
  readonly privileges: readonly string[]
  /** Those of them that may be passed on. */
  readonly grantable: readonly string[]
  /** What the server gives this role by itself; what of it is not in `privileges` was taken away. */
  readonly byDefault: readonly string[]
}

export const grantKind: KindFile<'grant'> = {
  rename: ({ payload, parent }, names) => ({
    ...payload,
    object: names.text(payload.object, []),
    ...(payload.column === undefined || parent === undefined ? {} : { column: names.column(parent, payload.column) }),
  }),
  mentions({ payload, parent }, { base }) {
    return payload.column === undefined || parent === undefined ? [] : columnFacts(base, parent, payload.column)
  },
  check: () => [],
}
