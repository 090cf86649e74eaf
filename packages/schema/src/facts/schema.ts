import type { KindFile } from './kind-file.ts'

/** A namespace. SQLite has none. */
export interface SchemaPayload {
  readonly comment?: string
}

export const schemaKind: KindFile<'schema'> = {
  rename: (fact) => fact.payload,
  mentions: () => [],
  check: () => [],
}
