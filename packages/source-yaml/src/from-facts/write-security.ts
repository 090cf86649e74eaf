import type { Fact } from '@yama/schema'

type Options = Fact<'table'>['payload']['options']

/** Options of a table without those that `rls:` says. */
export function plainOptions({ rowSecurity: _, forceRowSecurity: __, ...options }: Options): Options {
  return options
}

/** `enabled` and `force` of `rls:`, as far as they are on. */
export function securityFlags({ rowSecurity, forceRowSecurity }: Options): { readonly enabled?: true; readonly force?: true } {
  return { ...(rowSecurity === true ? { enabled: true } : {}), ...(forceRowSecurity === true ? { force: true } : {}) }
}

/** A policy as `rls.policies` says it. */
export function policyValue({ payload }: Fact<'policy'>): Record<string, unknown> {
  const { permissive, command, roles, using, check, comment } = payload
  return {
    ...(command === 'all' ? {} : { for: command }),
    ...(roles.length === 0 ? {} : { to: roles.length === 1 ? roles[0] : roles }),
    ...(permissive ? {} : { as: 'restrictive' }),
    ...(using === undefined ? {} : { using }),
    ...(check === undefined ? {} : { check: check === using ? 'same' : check }),
    ...(comment === undefined ? {} : { doc: comment }),
  }
}
