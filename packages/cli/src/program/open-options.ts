import type { Bundle } from '@yama/core/files'

/** How a command opens its database. */
export interface OpenOptions {
  /** Refuse a migrations directory that is not there; for runs, where a wrong path must not look like "nothing to do". */
  readonly mustExist?: boolean
  /** The migrations of a bundle instead of the project's files. */
  readonly bundle?: Bundle | undefined
  /** The database alone counts: no file is read, so none can be wrong. */
  readonly withoutFiles?: boolean
}
