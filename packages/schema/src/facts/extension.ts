/** An extension of the server that the schema needs, e.g. `citext`. Its own objects are never facts. */
export interface ExtensionPayload {
  /** Schema it is installed in. */
  readonly schema: string
}
