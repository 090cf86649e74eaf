import type { Action, AnyFact, Fact, GrantTarget, RuleContext, Strategy } from '@yama/schema'
import { action } from '../rules/action.ts'
import { grantStatements } from '../rules/grant.ts'
import { defaultsFor, impliedPrivileges, isForeignTable } from '../rules/implied-privileges.ts'
import { functionName, objectName } from '../rules/names.ts'
import { objectTarget } from '../rules/object.ts'
import { identifier } from '../types/quoted.ts'

/** Default privileges reach what a migration makes: what the wanted state does not have of them is taken back at once. */
export const impliedPrivilegesStrategy: Strategy = {
  name: 'implied-privileges',
  apply: (actions, context) => {
    if (![...context.before.facts.values()].some(({ kind }) => kind === 'defaultPrivilege')) return actions
    return actions.flatMap((one) => [
      one,
      ...one.produces.flatMap((id) => {
        const fact = context.after.facts.get(id)
        return fact === undefined ? [] : takenBack(fact, context)
      }),
    ])
  },
}

const targetOf = (fact: AnyFact): GrantTarget =>
  fact.kind === 'sequence' || fact.kind === 'domain' || fact.kind === 'schema'
    ? fact.kind
    : fact.kind === 'function'
      ? fact.payload.type === 'procedure'
        ? 'procedure'
        : 'function'
      : fact.kind === 'table' || fact.kind === 'view' || isForeignTable(fact)
        ? 'table'
        : 'type'

function nameOf(object: AnyFact): string {
  if (object.kind === 'function') return functionName(object)
  if (object.kind === 'schema') return identifier(object.name)
  return isForeignTable(object) ? objectTarget(object as Fact<'object'>).replace('FOREIGN TABLE ', '') : objectName(object.id)
}

function takenBack(object: AnyFact, context: RuleContext): readonly Action[] {
  const defaults = defaultsFor(object, context)
  const stated = new Map(
    [...context.after.facts.values()].flatMap((fact) =>
      fact.kind === 'grant' && fact.parent === object.id && fact.payload.column === undefined && fact.payload.by === undefined
        ? [[fact.payload.to, fact] as const]
        : [],
    ),
  )
  const on = targetOf(object)
  return [...new Set(defaults.map(({ to }) => to))].flatMap((role) => {
    // What is granted says so itself.
    if (stated.has(role)) return []
    const byDefault = role === 'PUBLIC' && (on === 'function' || on === 'procedure' || on === 'type' || on === 'domain') ? ['ALL'] : []
    const name = nameOf(object)
    const implied = impliedPrivileges(defaults, role, byDefault)
    const grant = {
      kind: 'grant',
      payload: { on, to: role, object: name, privileges: byDefault, grantable: [], byDefault },
    } as unknown as Fact<'grant'>
    return grantStatements(grant, implied, { privileges: byDefault, grantable: [] }).map((sql) =>
      action(object, 'add', {
        sql,
        title: `privileges of ${role} on new ${object.kind} ${object.name}`,
        consumes: [object.id],
        weight: 28,
      }),
    )
  })
}
