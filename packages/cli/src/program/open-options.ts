/** How a command opens its database. */
export interface OpenOptions {
  /** Refuse a migrations directory that is not there; for runs, where a wrong path must not look like "nothing to do". */
  readonly mustExist?: boolean
  /** The database alone counts: no file is read, so none can be wrong. */
  readonly withoutFiles?: boolean
}
