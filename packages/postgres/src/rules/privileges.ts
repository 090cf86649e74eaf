import { identifier } from '../types/quoted.ts'

export interface Privileges {
  readonly privileges: readonly string[]
  readonly grantable: readonly string[]
}

/** The statements that lead from one set of privileges to another; `{grant}` and `{revoke}` stand around the same object and role. */
export function privilegeChanges(
  from: Privileges,
  to: Privileges,
  clause: (verb: 'GRANT' | 'REVOKE' | 'REVOKE GRANT OPTION FOR', privileges: readonly string[]) => string,
): readonly string[] {
  // ALL stands for what has no list; going from or to it, everything is said anew.
  const whole = from.privileges.includes('ALL') !== to.privileges.includes('ALL')
  const before = whole && !to.privileges.includes('ALL') ? [] : from.privileges
  const gone =
    whole && from.privileges.includes('ALL')
      ? ['ALL']
      : before.filter((one) => !to.privileges.includes(one) && !to.privileges.includes('ALL'))
  const passing = whole || gone.length > 0 ? from.grantable.filter((one) => !gone.includes(one) && !gone.includes('ALL')) : from.grantable
  const optionGone = passing.filter((one) => !to.grantable.includes(one) && !to.grantable.includes('ALL') && !gone.includes(one))
  const option = to.grantable.filter((one) => !passing.includes(one))
  const plain = to.privileges.filter((one) => !to.grantable.includes(one) && !before.includes(one))
  return [
    ...(gone.length === 0 ? [] : [clause('REVOKE', gone)]),
    ...(optionGone.length === 0 ? [] : [clause('REVOKE GRANT OPTION FOR', optionGone)]),
    ...(plain.length === 0 ? [] : [clause('GRANT', plain)]),
    ...(option.length === 0 ? [] : [`${clause('GRANT', option)} WITH GRANT OPTION`]),
  ]
}

/** A role as GRANT and REVOKE take it. */
export const roleName = (role: string): string => (role === 'PUBLIC' ? role : role === 'owner' ? 'CURRENT_USER' : identifier(role))
