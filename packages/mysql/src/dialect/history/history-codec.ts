import { deflateRawSync, inflateRawSync } from 'node:zlib'
import type { EventRow, MigrationRow, SnapshotRow, StepRow } from '@yama/core'
import { identifier, literal } from '../statements/quoted.ts'

/** How a member is stored: `packed` is deflated text, `hash` hex digits as bytes, `time` ISO 8601 as datetime in UTC. */
type Storage = 'text' | 'number' | 'json' | 'packed' | 'hash' | 'time'
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

/** A value as a literal. */
export function encodeValue(value: unknown, storage: Storage): string {
  if (value === undefined || value === null) return 'NULL'
  switch (storage) {
    case 'number':
      return String(Number(value))
    case 'packed':
      return `x'${deflateRawSync(Buffer.from(String(value), 'utf8'), { level: 1 }).toString('hex')}'`
    case 'hash':
      return `x'${String(value)}'`
    case 'time':
      return `'${String(value).replace('T', ' ').replace('Z', '')}'`
    case 'json':
      return literal(JSON.stringify(value))
    case 'text':
      return literal(String(value))
  }
}

export const NOW = "CONCAT(LEFT(DATE_FORMAT(UTC_TIMESTAMP(6), '%Y-%m-%dT%H:%i:%s.%f'), 23), 'Z')"

/** `2026-11-20 09:30:00.123000` as it was written, with milliseconds. */
const iso = (text: string): string => `${text.slice(0, 10)}T${text.slice(11, 23)}Z`

/** The select list that `decodeRow` reads. */
export function selectList<T>(columns: readonly Column<T>[]): string {
  return columns.map(([, column]) => identifier(column)).join(', ')
}

function decode(value: unknown, storage: Storage): unknown {
  switch (storage) {
    case 'number':
      return Number(value)
    case 'packed':
      return value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value)
    case 'hash':
      return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : String(value)
    case 'json':
      return JSON.parse(String(value)) as unknown
    case 'time':
      return iso(String(value))
    case 'text':
      return value
  }
}

/** A row as the contract's object; columns that are NULL are left out. */
export function decodeRow<T>(columns: readonly Column<T>[], row: Readonly<Record<string, unknown>>): T {
  const out: Record<string, unknown> = {}
  for (const [name, column, storage] of columns) {
    const value = row[column]
    if (value !== null && value !== undefined) out[name] = decode(value, storage)
  }
  return out as T
}
