/** The few statements that the suite runs, in the words of the database. */
export interface SuiteLanguage {
  /** A table with a unique number. */
  create(name: string): string
  drop(name: string): string
  insert(name: string, value: number): string
  /** One row with the column `n`. */
  count(name: string): string
  /** A statement which is refused for its syntax, and where in it. */
  readonly syntax: { readonly text: string; readonly offset: number }
  /** A statement that runs for at least a second unless it is cancelled; left out where the driver cannot cancel. */
  readonly slow?: string
  /** Creates the object outside any transaction; left out where every statement is transactional. */
  alone?(name: string, table: string): string
}

export const plainSql: SuiteLanguage = {
  create: (name) => `CREATE TABLE ${name} (id integer PRIMARY KEY)`,
  drop: (name) => `DROP TABLE ${name}`,
  insert: (name, value) => `INSERT INTO ${name} (id) VALUES (${value})`,
  count: (name) => `SELECT count(*) AS n FROM ${name}`,
  syntax: { text: 'CREATE TABEL suite_typo (id integer)', offset: 7 },
}

export const fakeLanguage: SuiteLanguage = {
  create: (name) => `create ${name}`,
  drop: (name) => `drop ${name}`,
  insert: (name, value) => `insert ${name} ${value}`,
  count: (name) => `count ${name}`,
  syntax: { text: 'create tab!el', offset: 7 },
  slow: 'sleep 5000',
  alone: (name) => `alone ${name}`,
}
