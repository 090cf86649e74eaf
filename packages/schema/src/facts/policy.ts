import type { KindFile } from './kind-file.ts'

/** A row-level security policy. Whether policies count at all is an option of the table. */
export interface PolicyPayload {
  readonly permissive: boolean
  readonly command: 'all' | 'select' | 'insert' | 'update' | 'delete'
  /** Names of roles, sorted; empty means everybody. Roles are referred to, never made. */
  readonly roles: readonly string[]
  readonly using?: string
  readonly check?: string
  readonly comment?: string
}

export const policyKind: KindFile<'policy'> = {
  rename({ payload, parent, dependsOn }, names) {
    const tables = parent === undefined ? dependsOn : [parent, ...dependsOn]
    return {
      ...payload,
      ...(payload.using === undefined ? {} : { using: names.text(payload.using, tables) }),
      ...(payload.check === undefined ? {} : { check: names.text(payload.check, tables) }),
    }
  },
  mentions: () => [],
  check: () => [],
}
