import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { packText, type EventRow, type MigrationRow, type SnapshotRow, type StepRow } from '@yama/core'
import { literal } from '../../types/quoted.ts'

/** How a member is stored: `packed` is deflated text, `hash` hex digits as bytes, `time` ISO 8601 as timestamptz. */
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

const deflate = (bytes: Uint8Array): Uint8Array => deflateRawSync(bytes, { level: 1 })

/** A value as a literal. */
export function encodeValue(value: unknown, storage: Storage): string {
  if (value === undefined || value === null) return 'NULL'
  if (storage === 'number') return String(Number(value))
  // The hex digits of bytes and hashes need no escape; E'' reads them whatever standard_conforming_strings says.
  if (storage === 'packed') return String.raw`E'\\x${Buffer.from(packText(String(value), deflate)).toString('hex')}'`
  if (storage === 'hash') return String.raw`E'\\x${String(value)}'`
  return literal(storage === 'json' ? JSON.stringify(value) : String(value))
}

/** Times come back as they were written, in UTC with milliseconds. */
export function isoTime(expression: string): string {
  return `to_char(${expression} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

const shown = <T>([, column, storage]: Column<T>): string => {
  if (storage === 'time') return isoTime(column)
  return storage === 'hash' ? `encode(${column}, 'hex')` : column
}

/** The select list that `decodeRow` reads. */
export function selectList<T>(columns: readonly Column<T>[]): string {
  return columns.map((each) => (shown(each) === each[1] ? each[1] : `${shown(each)} AS ${each[1]}`)).join(', ')
}

/** A row as one JSON value: what `decodeList` reads when the server has aggregated them. */
export function selectArray<T>(columns: readonly Column<T>[]): string {
  return `json_build_array(${columns.map(shown).join(', ')})`
}

/** The rows of `json_agg(selectArray(columns))::text`, null where there is none. Not for packed members. */
export function decodeList<T>(columns: readonly Column<T>[], list: unknown): readonly T[] {
  if (typeof list !== 'string') return []
  return (JSON.parse(list) as unknown[][]).map((values) => {
    const out: Record<string, unknown> = {}
    for (const [i, value] of values.entries()) if (value !== null) out[columns[i]![0]] = value
    return out as T
  })
}

const unpack = (value: unknown): string => (value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value))

/** A row as the contract's object; columns that are NULL are left out. */
export function decodeRow<T>(columns: readonly Column<T>[], row: Readonly<Record<string, unknown>>): T {
  const out: Record<string, unknown> = {}
  for (const [member, column, storage] of columns) {
    const value = row[column]
    if (value === null || value === undefined) continue
    out[member] = storage === 'number' ? Number(value) : storage === 'packed' ? unpack(value) : value
  }
  return out as T
}
