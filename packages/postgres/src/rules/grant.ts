import type { Action, Fact, GrantPayload, Rule, RuleContext } from '@yama/schema'
import { identifier } from '../types/quoted.ts'
import { action, changed } from './action.ts'
import { defaultsFor, impliedPrivileges } from './implied-privileges.ts'
import { privilegeChanges, roleName } from './privileges.ts'

const said = ({ on, object, column, to, by }: GrantPayload): string =>
  `${on} ${object}${column === undefined ? '' : `.${column}`} to ${to}${by === undefined ? '' : ` by ${by}`}`

/** The statements from one set of privileges to another on the object of a fact. */
export function grantStatements(
  fact: Fact<'grant'>,
  from: Pick<GrantPayload, 'privileges' | 'grantable'>,
  to: typeof from,
): readonly string[] {
  const { on, object, column, to: role } = fact.payload
  const columns = column === undefined ? '' : ` (${identifier(column)})`
  return privilegeChanges(from, to, (verb, privileges) => {
    const list = privileges.map((privilege) => `${privilege}${columns}`).join(', ')
    return `${verb} ${list} ON ${on.toUpperCase()} ${object} ${verb === 'GRANT' ? 'TO' : 'FROM'} ${roleName(role)}`
  }).map((sql) => (fact.payload.by === undefined ? sql : asRole(fact.payload.by, sql)))
}

/** The server takes GRANTED BY of nobody but the role that is at work. Whoever was at work before is so again afterwards. */
const asRole = (role: string, sql: string): string =>
  `DO $as_role$ DECLARE before text := current_setting('role'); BEGIN SET LOCAL ROLE ${identifier(role)}; ${sql}; PERFORM set_config('role', before, true); END $as_role$`

/** True where others have passed on what is taken away: they lose it first, and get it again as far as it stays. */
export function grantStays(from: Fact<'grant'>, to: Fact<'grant'>, context: RuleContext): boolean {
  const { grantable } = to.payload
  if (grantable.includes('ALL') || from.payload.grantable.every((one) => grantable.includes(one))) return true
  return !context.dependents(from.id, 'before').some((id) => context.before.facts.get(id)?.kind === 'grant')
}

function changes(
  fact: Fact<'grant'>,
  change: 'add' | 'drop' | 'alter',
  from: Pick<GrantPayload, 'privileges' | 'grantable'>,
  to: typeof from,
): readonly Action[] {
  const statements = grantStatements(fact, from, to)
  return statements.map((sql, index) =>
    action(
      fact,
      change,
      {
        sql,
        title: `privileges on ${said(fact.payload)}`,
        ...(change === 'add' && index === statements.length - 1 ? { produces: [fact.id] } : {}),
        ...(change === 'drop' && index === statements.length - 1 ? { destroys: [fact.id] } : {}),
      },
      changed('privileges', from, to),
    ),
  )
}

/**
 * Where an added grant starts: at what the server gives by itself and, on a new object, what default privileges may have added. What
 * both give is granted all the same, because the second counts for some roles only.
 */
function taken(fact: Fact<'grant'>, context: RuleContext): Pick<GrantPayload, 'privileges' | 'grantable'> {
  const { byDefault, to, by, privileges, column } = fact.payload
  const object = fact.parent === undefined ? undefined : context.after.facts.get(fact.parent)
  const normal = { privileges: byDefault, grantable: [] }
  if (object === undefined || column !== undefined || by !== undefined || !context.isAdded(object.id)) return normal
  const implied = impliedPrivileges(defaultsFor(object, context), to, byDefault)
  const extra = implied.privileges.filter((one) => !privileges.includes(one))
  return { privileges: [...new Set([...byDefault, ...extra])], grantable: implied.grantable }
}

/** What the server gives by itself is where an added grant starts and a dropped one ends. */
export const grantRule: Rule<'grant'> = (delta, context) => {
  const normal = (payload: GrantPayload) => ({ privileges: payload.byDefault, grantable: [] })
  switch (delta.change) {
    case 'add':
      return changes(delta.to, 'add', taken(delta.to, context), delta.to.payload)
    case 'drop':
      return changes(delta.from, 'drop', delta.from.payload, normal(delta.from.payload))
    case 'alter':
      return changes(delta.to, 'alter', delta.from.payload, delta.to.payload)
    case 'rename':
      return []
  }
}
