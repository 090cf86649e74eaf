import type { FactId } from './fact.ts'
import type { KindFile } from './kind-file.ts'

/** A trigger of a table or view. */
export interface TriggerPayload {
  /** The whole statement that makes it, as the server prints it; in desired facts, as written. */
  readonly definition: string
  /** PostgreSQL, where it does not fire as usual. */
  readonly enabled?: 'disabled' | 'replica' | 'always'
  /** PostgreSQL: partitions on which it fires otherwise than on the table it is of. */
  readonly partitions?: Readonly<Record<FactId, 'enabled' | 'disabled' | 'replica' | 'always'>>
  /** MySQL and MariaDB, where it is not that of the session: what it was made under and is read with. Empty for none. */
  readonly sqlMode?: readonly string[]
  /** MySQL and MariaDB, where it is not that of the session: of the texts in its body. */
  readonly collation?: string
  readonly comment?: string
}

export const triggerKind: KindFile<'trigger'> = {
  rename({ payload, parent, dependsOn }, names) {
    const definition = names.text(payload.definition, parent === undefined ? dependsOn : [parent, ...dependsOn])
    const { partitions } = payload
    return {
      ...payload,
      definition,
      ...(partitions === undefined
        ? {}
        : { partitions: Object.fromEntries(Object.entries(partitions).map(([table, state]) => [names.id(table), state])) }),
    }
  },
  mentions: ({ payload }) => Object.keys(payload.partitions ?? {}),
  check: () => [],
}
