import type { KindFile } from './kind-file.ts'

export interface PublishedTable {
  /** Qualified, quoted where needed. */
  readonly table: string
  readonly columns?: readonly string[]
  readonly where?: string
}

/** What is published to subscribers. Who subscribes is not the database's own affair. */
export interface PublicationPayload {
  readonly allTables: boolean
  /** By name. */
  readonly tables: readonly PublishedTable[]
  /** Schemas that are published whole. */
  readonly schemas: readonly string[]
  /** What differs from the server's default: `publish`, `publish_via_partition_root`. */
  readonly options: Readonly<Record<string, string | boolean>>
  readonly comment?: string
}

export const publicationKind: KindFile<'publication'> = {
  rename: ({ payload }, names) => ({
    ...payload,
    tables: payload.tables.map((each) => ({ ...each, table: names.text(each.table, []) })),
  }),
  mentions: () => [],
  check: () => [],
}
