import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { packText, type Command, type HistoryWrite, type MigrationRow } from '@yama/core'
import {
  decodeRow as decodeWith,
  EVENT_COLUMNS,
  MIGRATION_COLUMNS,
  SNAPSHOT_COLUMNS,
  STEP_COLUMNS,
  type Column,
  type Storage,
} from '@yama/core/dialect-kit'

const pack = (text: string): Uint8Array => packText(text, deflateRawSync)

function encodeValue(value: unknown, storage: Storage): unknown {
  if (value === undefined) return null
  if (storage === 'json') return JSON.stringify(value)
  return storage === 'packed' ? pack(String(value)) : value
}

function decode(value: unknown, storage: Storage): unknown {
  if (storage === 'json') return JSON.parse(String(value))
  if (storage === 'packed') return value instanceof Uint8Array ? inflateRawSync(value).toString('utf8') : String(value)
  return value
}

/** A row of the table as the contract's object; columns that are NULL or were not read are left out. */
export const decodeRow = <T>(columns: readonly Column<T>[], row: Readonly<Record<string, unknown>>): T => decodeWith(columns, row, decode)

function upsert<T>(table: string, verb: 'INSERT' | 'INSERT OR REPLACE', columns: readonly Column<T>[], project: string, row: T): Command {
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
        parameters: [write.database === true ? '' : project, write.key, write.value],
      }
    case 'durations':
      return {
        // Materialised, or SQLite reads the whole JSON for each row.
        sql: 'WITH known AS MATERIALIZED (SELECT key, value FROM json_each(?)) UPDATE yama_migration SET duration_ms = known.value FROM known WHERE yama_migration.project = ? AND yama_migration.id = known.key',
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
