import type { KindFile } from './kind-file.ts'

/**
 * Something of PostgreSQL that is known by its statement: collations, text search, operators with their classes and families, casts, conversions, languages, transforms,
 * access methods, and what reaches other databases: foreign data wrappers, servers, user mappings, foreign tables. Its fact name says what it is, as `DROP` takes it:
 * `collation posix`, `operator class by_length using btree`, `cast (json AS text)`, `user mapping for app server films`.
 */
export interface ObjectPayload {
  /** The whole statement that makes it, without its options; in desired facts, as written. */
  readonly definition: string
  /**
   * Of a wrapper, server or user mapping; those that hold a secret are never read, and so are left as they are. Of a search configuration: dictionaries by kind of word.
   * Of an operator family: what it has besides its classes, the clause of ADD by that of DROP.
   */
  readonly options?: Readonly<Record<string, string>>
  /** Of a server. */
  readonly version?: string
  readonly comment?: string
  /** Comments on the columns of a foreign table. */
  readonly columns?: Readonly<Record<string, string>>
}

export const objectKind: KindFile<'object'> = {
  rename({ payload, dependsOn }, names) {
    const definition = names.text(payload.definition, dependsOn)
    return definition === payload.definition ? payload : { ...payload, definition }
  },
  mentions: () => [],
  check: () => [],
}
