/** Branches written to trip the judge, on one base; each of them is asked beside each other one. */
export interface CrossedSet {
  readonly base: readonly string[]
  /** What is made in each run: PostgreSQL's sequences do not go back with a transaction. */
  readonly own: readonly string[]
  readonly branches: readonly (readonly string[])[]
}
