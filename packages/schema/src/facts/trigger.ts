import type { KindFile } from './kind-file.ts'

/** A trigger of a table or view. */
export interface TriggerPayload {
  /** The whole statement that makes it, as the server prints it; in desired facts, as written. */
  readonly definition: string
  /** PostgreSQL, where it does not fire as usual. */
  readonly enabled?: 'disabled' | 'replica' | 'always'
  /** MySQL and MariaDB, where it is not that of the session: what it was made under and is read with. Empty for none. */
  readonly sqlMode?: readonly string[]
  /** MySQL and MariaDB, where it is not that of the session: of the texts in its body. */
  readonly collation?: string
  readonly comment?: string
}

export const triggerKind: KindFile<'trigger'> = {
  rename({ payload, parent, dependsOn }, names) {
    const definition = names.text(payload.definition, parent === undefined ? dependsOn : [parent, ...dependsOn])
    return definition === payload.definition ? payload : { ...payload, definition }
  },
  mentions: () => [],
  check: () => [],
}
