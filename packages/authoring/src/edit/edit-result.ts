import type { MigrationId } from '@yama/core'

/** What an edit of migrations that nobody has applied did. */
export interface EditResult {
  /** Files as they are named now, relative to the project; those that are gone too. */
  readonly written: readonly string[]
  readonly removed: readonly string[]
  /** Migrations whose place or content changed, and whose links were written anew with them. */
  readonly changed: readonly MigrationId[]
  /** What the schema after all migrations gained or lost; empty where it is the same. */
  readonly differences: readonly string[]
  /** False where the migrations did not run before, so that there is nothing to compare with. */
  readonly compared: boolean
}
