import type { EventRow, MigrationRow, SnapshotRow, StepRow } from '../contract/history.ts'

/** How a member is stored: `packed` is deflated text, `hash` hex digits (bytes where the database has them), `time` ISO 8601 in UTC. */
export type Storage = 'text' | 'number' | 'json' | 'packed' | 'hash' | 'time'

/** Name in the contract's row, column in the table, how it is stored. */
export type Column<T> = readonly [member: keyof T & string, column: string, storage: Storage]

export const MIGRATION_COLUMNS: readonly Column<MigrationRow>[] = [
  ['id', 'id', 'text'],
  ['name', 'name', 'text'],
  ['version', 'version', 'text'],
  ['kind', 'kind', 'text'],
  ['status', 'status', 'text'],
  ['parents', 'parents', 'json'],
  ['covers', 'covers', 'json'],
  ['link', 'link', 'text'],
  ['rawHash', 'raw_hash', 'text'],
  ['semanticHash', 'sem_hash', 'text'],
  ['stateBefore', 'state_before', 'text'],
  ['stateAfter', 'state_after', 'text'],
  ['body', 'body', 'packed'],
  ['downBody', 'down_body', 'packed'],
  ['runId', 'run_id', 'text'],
  ['appliedSeq', 'applied_seq', 'number'],
  ['appliedAt', 'applied_at', 'time'],
  ['durationMs', 'duration_ms', 'number'],
  ['gitCommit', 'git_commit', 'text'],
  ['toolVersion', 'tool_version', 'text'],
]
export const EVENT_COLUMNS: readonly Column<EventRow>[] = [
  ['seq', 'seq', 'number'],
  ['at', 'at', 'time'],
  ['runId', 'run_id', 'text'],
  ['type', 'type', 'text'],
  ['migrationId', 'migration_id', 'text'],
  ['attempt', 'attempt', 'number'],
  ['actor', 'actor', 'json'],
  ['payload', 'payload', 'json'],
  ['prevHash', 'prev_hash', 'hash'],
  ['hash', 'hash', 'hash'],
]
export const STEP_COLUMNS: readonly Column<StepRow>[] = [
  ['migrationId', 'migration_id', 'text'],
  ['attempt', 'attempt', 'number'],
  ['n', 'n', 'number'],
  ['group', 'grp', 'number'],
  ['direction', 'direction', 'text'],
  ['mode', 'mode', 'text'],
  ['statementHash', 'stmt_hash', 'text'],
  ['sql', 'sql', 'text'],
  ['state', 'state', 'text'],
  ['expect', 'expect', 'json'],
  ['backend', 'backend', 'json'],
  ['startedAt', 'started_at', 'time'],
  ['finishedAt', 'finished_at', 'time'],
  ['rows', 'rows', 'number'],
  ['progress', 'progress', 'json'],
  ['error', 'error', 'json'],
]
export const SNAPSHOT_COLUMNS: readonly Column<SnapshotRow>[] = [
  ['tag', 'tag', 'text'],
  ['stateHash', 'state_hash', 'text'],
  ['facts', 'facts', 'packed'],
  ['at', 'at', 'time'],
  ['runId', 'run_id', 'text'],
]

/** What a list of migrations reads: everything but the texts. */
export const LISTED_COLUMNS: readonly Column<MigrationRow>[] = MIGRATION_COLUMNS.filter(([, , storage]) => storage !== 'packed')
/** The texts of one migration. */
export const BODY_COLUMNS: readonly Column<MigrationRow>[] = MIGRATION_COLUMNS.filter(([, , storage]) => storage === 'packed')
