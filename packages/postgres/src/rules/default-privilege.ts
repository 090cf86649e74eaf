import type { Action, DefaultPrivilegePayload, Fact, Rule } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { privilegeChanges } from './privileges.ts'

type Set = Pick<DefaultPrivilegePayload, 'privileges' | 'grantable'>

function changes(fact: Fact<'defaultPrivilege'>, change: 'add' | 'drop' | 'alter', from: Set, to: Set): readonly Action[] {
  const { by, inSchema, on, to: role } = fact.payload
  const where = `ALTER DEFAULT PRIVILEGES FOR ROLE ${identifier(by)}${inSchema === undefined ? '' : ` IN SCHEMA ${identifier(inSchema)}`}`
  const statements = privilegeChanges(
    from,
    to,
    (verb, privileges) =>
      `${where} ${verb} ${privileges.join(', ')} ON ${on.toUpperCase()} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${role === 'PUBLIC' ? role : identifier(role)}`,
  )
  return statements.map((sql, index) =>
    action(
      fact,
      change,
      {
        sql,
        title: `default privileges of ${role} on ${on} that ${by} makes`,
        ...(change === 'add' && index === statements.length - 1 ? { produces: [fact.id] } : {}),
        ...(change === 'drop' && index === statements.length - 1 ? { destroys: [fact.id] } : {}),
      },
      changed('privileges', from, to),
    ),
  )
}

export const defaultPrivilegeRule: Rule<'defaultPrivilege'> = (delta) => {
  const normal = (payload: DefaultPrivilegePayload): Set => ({ privileges: payload.byDefault, grantable: [] })
  switch (delta.change) {
    case 'add':
      return changes(delta.to, 'add', normal(delta.to.payload), delta.to.payload)
    case 'drop':
      return changes(delta.from, 'drop', delta.from.payload, normal(delta.from.payload))
    case 'alter':
      return changes(delta.to, 'alter', delta.from.payload, delta.to.payload)
    case 'rename':
      return []
  }
}
