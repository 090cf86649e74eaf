/** A namespace. SQLite has none. */
export interface SchemaPayload {
  readonly comment?: string
}
