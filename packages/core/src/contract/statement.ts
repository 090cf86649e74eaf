/** What a statement is known to do before it runs. Unknown is `undefined`, never a guess. */
export interface StatementEffect {
  /** First words in upper case: `CREATE TABLE`, `ALTER TABLE … DROP COLUMN`, `UPDATE`. */
  readonly verb: string
  /** The object it names first, as written. */
  readonly object?: string
  readonly class: 'ddl' | 'dml' | 'query' | 'control' | 'other'
  /** The strongest lock in the server's own words, `ACCESS EXCLUSIVE`. */
  readonly lock?: string
  readonly rewrites?: boolean
  readonly loss: 'none' | 'possible' | 'certain'
  /** What is lost, for people: `table users with its rows`. */
  readonly loses?: string
}
