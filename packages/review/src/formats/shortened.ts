/** Longer statements are loads of data, which nobody reviews here; they are in the file. */
export const LONGEST_STATEMENT = 20_000

/** A statement as far as it is shown, and how much of it is not. */
export const shortened = (sql: string, most: number): string =>
  sql.length > most ? `${sql.slice(0, most)} /* … ${sql.length - most} more characters */` : sql
