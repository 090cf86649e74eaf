import { deflateRawSync, inflateRawSync } from 'node:zlib'
import {
  packText,
  type Command,
  type EventRow,
  type HistoryWrite,
  type JsonValue,
  type MigrationRow,
  type SnapshotRow,
  type StepRow,
} from '@yama/core'

type Row = Readonly<Record<string, unknown>>

/** Name in the row, column in the table, how it is stored. */
type Storage = 'plain' | 'json' | 'packed'
type ColumnOf<T> = readonly [keyof T & string, string, Storage]

const pack = (text: string): Uint8Array => packText(text, deflateRawSync)
export const unpack = (value: unknown): string =>
  value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value ?? '')

export const MIGRATION_COLUMNS: readonly ColumnOf<MigrationRow>[] = [
  ['id', 'id', 'plain'],
  ['name', 'name', 'plain'],
  ['version', 'version', 'plain'],
  ['kind', 'kind', 'plain'],
  ['status', 'status', 'plain'],
  ['parents', 'parents', 'json'],
  ['covers', 'covers', 'json'],
  ['link', 'link', 'plain'],
  ['rawHash', 'raw_hash', 'plain'],
  ['semanticHash', 'sem_hash', 'plain'],
  ['stateBefore', 'state_before', 'plain'],
  ['stateAfter', 'state_after', 'plain'],
  ['body', 'body', 'packed'],
  ['downBody', 'down_body', 'packed'],
  ['runId', 'run_id', 'plain'],
  ['appliedSeq', 'applied_seq', 'plain'],
  ['appliedAt', 'applied_at', 'plain'],
  ['durationMs', 'duration_ms', 'plain'],
  ['gitCommit', 'git_commit', 'plain'],
  ['toolVersion', 'tool_version', 'plain'],
]
export const EVENT_COLUMNS: readonly ColumnOf<EventRow>[] = [
  ['seq', 'seq', 'plain'],
  ['at', 'at', 'plain'],
  ['runId', 'run_id', 'plain'],
  ['type', 'type', 'plain'],
  ['migrationId', 'migration_id', 'plain'],
  ['attempt', 'attempt', 'plain'],
  ['actor', 'actor', 'json'],
  ['payload', 'payload', 'json'],
  ['prevHash', 'prev_hash', 'plain'],
  ['hash', 'hash', 'plain'],
]
export const STEP_COLUMNS: readonly ColumnOf<StepRow>[] = [
  ['migrationId', 'migration_id', 'plain'],
  ['attempt', 'attempt', 'plain'],
  ['n', 'n', 'plain'],
  ['group', 'grp', 'plain'],
  ['direction', 'direction', 'plain'],
  ['mode', 'mode', 'plain'],
  ['statementHash', 'stmt_hash', 'plain'],
  ['sql', 'sql', 'plain'],
  ['state', 'state', 'plain'],
  ['expect', 'expect', 'json'],
  ['backend', 'backend', 'json'],
  ['startedAt', 'started_at', 'plain'],
  ['finishedAt', 'finished_at', 'plain'],
  ['rows', 'rows', 'plain'],
  ['progress', 'progress', 'json'],
  ['error', 'error', 'json'],
]
export const SNAPSHOT_COLUMNS: readonly ColumnOf<SnapshotRow>[] = [
  ['tag', 'tag', 'plain'],
  ['stateHash', 'state_hash', 'plain'],
  ['facts', 'facts', 'packed'],
  ['at', 'at', 'plain'],
  ['runId', 'run_id', 'plain'],
]

function encodeValue(value: unknown, storage: Storage): unknown {
  if (value === undefined) return null
  if (storage === 'json') return JSON.stringify(value)
  return storage === 'packed' ? pack(String(value)) : value
}

/** A row of the table as the contract's object; columns that are NULL are left out. */
export function decodeRow<T>(columns: readonly ColumnOf<T>[], row: Row): T {
  const entries = columns.flatMap(([key, column, storage]): [string, unknown][] => {
    const value = row[column]
    if (value === null || value === undefined) return []
    if (storage === 'json') return [[key, JSON.parse(String(value)) as JsonValue]]
    return [[key, storage === 'packed' ? unpack(value) : value]]
  })
  return Object.fromEntries(entries) as T
}

function upsert<T>(table: string, verb: 'INSERT' | 'INSERT OR REPLACE', columns: readonly ColumnOf<T>[], project: string, row: T): Command {
  const names = ['project', ...columns.map(([, column]) => column)]
  return {
    sql: `${verb} INTO ${table} (${names.join(', ')}) VALUES (${names.map(() => '?').join(', ')})`,
    parameters: [project, ...columns.map(([key, , storage]) => encodeValue(row[key], storage))],
  }
}

/** One command per write, for the caller's batch. */
export function encodeWrite(project: string, write: HistoryWrite): Command {
  switch (write.write) {
    case 'migration':
      return upsert('yama_migration', 'INSERT OR REPLACE', MIGRATION_COLUMNS, project, write.row)
    case 'event':
      return upsert('yama_event', 'INSERT', EVENT_COLUMNS, project, write.row)
    case 'step':
      return upsert('yama_step', 'INSERT OR REPLACE', STEP_COLUMNS, project, write.row)
    case 'snapshot':
      return upsert('yama_snapshot', 'INSERT OR REPLACE', SNAPSHOT_COLUMNS, project, write.row)
    case 'meta':
      return {
        sql: 'INSERT OR REPLACE INTO yama_meta (project, key, value) VALUES (?, ?, ?)',
        parameters: [project, write.key, write.value],
      }
    case 'durations':
      return {
        sql: 'UPDATE yama_migration SET duration_ms = known.value FROM json_each(?) AS known WHERE yama_migration.project = ? AND yama_migration.id = known.key',
        parameters: [JSON.stringify(Object.fromEntries(write.ms)), project],
      }
    case 'migration-status': {
      const fields: Partial<MigrationRow> = { ...write.fields, status: write.status }
      const set = MIGRATION_COLUMNS.filter(([key]) => key !== 'id' && fields[key] !== undefined)
      return {
        sql: `UPDATE yama_migration SET ${set.map(([, column]) => `${column} = ?`).join(', ')} WHERE project = ? AND id = ?`,
        parameters: [...set.map(([key, , storage]) => encodeValue(fields[key], storage)), project, write.id],
      }
    }
  }
}
