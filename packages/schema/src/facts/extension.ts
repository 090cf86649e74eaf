import { objectId } from './fact-id.ts'
import type { KindFile } from './kind-file.ts'

/** An extension of the server that the schema needs, e.g. `citext`. Its own objects are never facts. */
export interface ExtensionPayload {
  /** Schema it is installed in. */
  readonly schema: string
  /** Compared only where entities state it: servers differ in what they install by themselves. */
  readonly version?: string
}

export const extensionKind: KindFile<'extension'> = {
  rename: (fact) => fact.payload,
  mentions: (fact) => [objectId('schema', '', fact.payload.schema)],
  check: () => [],
}
