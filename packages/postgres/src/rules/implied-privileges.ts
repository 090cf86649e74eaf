import type { AnyFact, DefaultPrivilegePayload, FactKind, RuleContext } from '@yama/schema'
import type { Privileges } from './privileges.ts'

const CLASSES = {
  table: 'tables',
  view: 'tables',
  sequence: 'sequences',
  function: 'functions',
  enum: 'types',
  domain: 'types',
  compositeType: 'types',
  rangeType: 'types',
  schema: 'schemas',
} as const satisfies Partial<Record<FactKind, DefaultPrivilegePayload['on']>>

const FOREIGN = 'foreign table '

/** It has the privileges of a table. */
export const isForeignTable = ({ kind, name }: AnyFact): boolean => kind === 'object' && name.startsWith(FOREIGN)

/** Default privileges that count for a new object. Who makes it is not known here, so everybody's count. */
export function defaultsFor(object: AnyFact, { before }: RuleContext): readonly DefaultPrivilegePayload[] {
  const on = isForeignTable(object) ? 'tables' : (CLASSES as Partial<Record<FactKind, DefaultPrivilegePayload['on']>>)[object.kind]
  if (on === undefined) return []
  return [...before.facts.values()].flatMap((fact) =>
    fact.kind === 'defaultPrivilege' &&
    fact.payload.on === on &&
    (fact.payload.inSchema === undefined || fact.payload.inSchema === object.schema)
      ? [fact.payload]
      : [],
  )
}

/** What a role may do with a new object under the default privileges of the moment. */
export function impliedPrivileges(defaults: readonly DefaultPrivilegePayload[], role: string, byDefault: readonly string[]): Privileges {
  const own = defaults.filter(({ to }) => to === role)
  // Those of the whole database take the place of what is normal; those of a schema come on top.
  const whole = own.find(({ inSchema }) => inSchema === undefined)
  const added = own.filter(({ inSchema }) => inSchema !== undefined)
  return {
    privileges: [...new Set([...(whole?.privileges ?? byDefault), ...added.flatMap(({ privileges }) => privileges)])],
    grantable: [...new Set([...(whole?.grantable ?? []), ...added.flatMap(({ grantable }) => grantable)])],
  }
}
