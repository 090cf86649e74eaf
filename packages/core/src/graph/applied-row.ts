import type { MigrationRow } from '../contract/history.ts'

/** What of a row of the history says where a migration stands. */
export type AppliedRow = Pick<MigrationRow, 'id' | 'status' | 'parents' | 'link'>
