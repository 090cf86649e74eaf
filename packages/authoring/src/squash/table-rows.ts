/** The rows of one table as the database writes them: names quoted, each row a list of literals in parentheses. */
export interface TableRows {
  readonly table: string
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  /** Tables that it refers to, also itself. */
  readonly needs: readonly string[]
  /** What the database made of other rows, as those of a materialized view: compared, never written. */
  readonly derived?: true
}

/** What migrations leave in the tables of an empty database, and where its sequences stand. */
export interface ReferenceData {
  readonly tables: readonly TableRows[]
  /** Statements before the rows and after them, for those that an insert would not keep as they are. */
  readonly settings: readonly (readonly [before: string, after: string])[]
  /** Statements that bring sequences to where they are. */
  readonly sequences: readonly string[]
}
