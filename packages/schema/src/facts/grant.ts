import type { Fact, FactBase, FactId } from './fact.ts'
import type { FactScope, KindFile } from './kind-file.ts'
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
 * schema `public`); its name is the role's, with the column behind it where the privileges are on one: `app(email)`, and with who passed it on: `app by admin`.
 */
export interface GrantPayload {
  readonly on: GrantTarget
  /** `PUBLIC`, a role, or `owner` for whoever owns the object. Roles are referred to, never made. */
  readonly to: string
  /** The role that passed it on, where that is not whoever owns the object. */
  readonly by?: string
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

/** What the role that passes a privilege on has it from, and finds the object by. */
function passedOnFrom({ payload, schema }: Fact<'grant'>, { base }: FactScope): readonly FactId[] {
  const byObject = grantsByObject(base)
  const usage = [schema, `"${schema}"`].flatMap((name) => byObject.get(`schema ${name}`) ?? [])
  const same = (byObject.get(`${payload.on} ${payload.object}`) ?? []).filter(({ payload: { to, grantable } }) => {
    const passes =
      grantable.includes('ALL') || grantable.some((one) => payload.privileges.includes('ALL') || payload.privileges.includes(one))
    return to === payload.by && passes
  })
  return [...usage.filter(({ payload: { to } }) => to === payload.by || to === 'PUBLIC'), ...same].map(({ id }) => id)
}

// Bases are immutable, so what is derived from one stays true as long as it lives.
const known = new WeakMap<FactBase, ReadonlyMap<string, readonly Fact<'grant'>[]>>()

function grantsByObject(base: FactBase): ReadonlyMap<string, readonly Fact<'grant'>[]> {
  const found = known.get(base)
  if (found !== undefined) return found
  const grants = new Map<string, Fact<'grant'>[]>()
  for (const fact of base.facts.values()) {
    if (fact.kind !== 'grant') continue
    const key = `${fact.payload.on} ${fact.payload.object}`
    const list = grants.get(key)
    if (list === undefined) grants.set(key, [fact])
    else list.push(fact)
  }
  known.set(base, grants)
  return grants
}

export const grantKind: KindFile<'grant'> = {
  rename: ({ payload, parent }, names) => ({
    ...payload,
    object: names.text(payload.object, []),
    ...(payload.column === undefined || parent === undefined ? {} : { column: names.column(parent, payload.column) }),
  }),
  mentions(fact, scope) {
    const { payload, parent } = fact
    const columns = payload.column === undefined || parent === undefined ? [] : columnFacts(scope.base, parent, payload.column)
    return payload.by === undefined ? columns : [...columns, ...passedOnFrom(fact, scope)]
  },
  check: () => [],
}

/** The name of a grant among those on an object: `app`, `app(email)`, `app by admin`. */
export const grantName = (to: string, column?: string | null, by?: string | null): string =>
  `${to}${column === undefined || column === null ? '' : `(${column})`}${by === undefined || by === null ? '' : ` by ${by}`}`
