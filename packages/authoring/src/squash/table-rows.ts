/** The rows of one table as the database writes them: names quoted, each row a list of literals in parentheses. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  /** Tables that it refers to. */
  readonly needs: readonly string[]
}

/** What migrations leave in the tables of an empty database, and where its sequences stand. */
export interface ReferenceData {
  readonly tables: readonly TableRows[]
  /** Statements that bring sequences to where they are. */
  readonly sequences: readonly string[]
}
