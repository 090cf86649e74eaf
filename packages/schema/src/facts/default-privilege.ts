import type { KindFile } from './kind-file.ts'

/** What one role may do with objects that another role makes from now on, where that is not what the server gives by itself. */
export interface DefaultPrivilegePayload {
  /** Who makes the objects. */
  readonly by: string
  /** Only in this schema; everywhere when absent. */
  readonly inSchema?: string
  readonly on: 'tables' | 'sequences' | 'functions' | 'types' | 'schemas' | 'large objects'
  /** `PUBLIC` or a role. */
  readonly to: string
  /** Upper case, sorted. */
  readonly privileges: readonly string[]
  readonly grantable: readonly string[]
  /** What the server gives this role by itself; what of it is not in `privileges` was taken away. */
  readonly byDefault: readonly string[]
}

export const defaultPrivilegeKind: KindFile<'defaultPrivilege'> = {
  rename: (fact) => fact.payload,
  mentions: () => [],
  check: () => [],
}
