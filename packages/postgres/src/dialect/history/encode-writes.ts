import type { Command, HistoryWrite, MigrationRow } from '@yama/core'
import {
  EVENT_COLUMNS,
  groupEvents,
  MIGRATION_COLUMNS,
  SNAPSHOT_COLUMNS,
  STEP_COLUMNS,
  type Column,
  type EventsWrite,
} from '@yama/core/dialect-kit'
import { identifier, literal } from '../../types/quoted.ts'
import { encodeValue } from './history-codec.ts'
import type { HistoryTables } from './history-tables.ts'

/**
 * One statement per table and key, with the values as literals: fewer statements are less work for the server, and a
 * batch goes over the simple protocol, which has no parameters. The order of the writes is kept.
 */
export function encodeWrites(tables: HistoryTables, project: string, writes: readonly HistoryWrite[]): readonly Command[] {
  return groupEvents(writes).map((write) => ({ sql: encodeWrite(tables, project, write) }))
}

function encodeWrite(tables: HistoryTables, project: string, write: Exclude<HistoryWrite, { write: 'event' }> | EventsWrite): string {
  switch (write.write) {
    case 'events':
      return insert(tables.event, EVENT_COLUMNS, project, write.rows)
    case 'migration':
      return upsert(tables.migration, MIGRATION_COLUMNS, project, write.row, ['id'])
    case 'step':
      return upsert(tables.step, STEP_COLUMNS, project, write.row, ['migration_id', 'attempt', 'direction', 'n'])
    case 'snapshot':
      return upsert(tables.snapshot, SNAPSHOT_COLUMNS, project, write.row, [])
    case 'meta':
      return `INSERT INTO ${tables.meta} (project, key, value) VALUES (${literal(write.database === true ? '' : project)}, ${literal(write.key)}, ${literal(write.value)}) ON CONFLICT (project, key) DO UPDATE SET value = excluded.value`
    case 'durations': {
      const known = write.ms.map(([id, ms]) => `(${literal(id)}, ${encodeValue(ms, 'number')})`)
      return `UPDATE ${tables.migration} m SET duration_ms = known.ms FROM (VALUES ${known.join(', ')}) known(id, ms) WHERE m.project = ${literal(project)} AND m.id = known.id`
    }
    case 'migration-status': {
      const fields: Partial<MigrationRow> = { ...write.fields, status: write.status }
      const changes = MIGRATION_COLUMNS.filter(([member]) => member !== 'id' && fields[member] !== undefined)
      return `UPDATE ${tables.migration} SET ${changes.map(([member, column, storage]) => `${column} = ${encodeValue(fields[member], storage)}`).join(', ')} WHERE project = ${literal(project)} AND id = ${literal(write.id)}`
    }
  }
}

function insert<T>(table: string, columns: readonly Column<T>[], project: string, rows: readonly T[]): string {
  const values = rows.map(
    (row) => `(${[literal(project), ...columns.map(([member, , storage]) => encodeValue(row[member], storage))].join(', ')})`,
  )
  return `INSERT INTO ${table} (project, ${columns.map(([, column]) => identifier(column)).join(', ')}) VALUES ${values.join(', ')}`
}

function upsert<T>(table: string, columns: readonly Column<T>[], project: string, row: T, key: readonly string[]): string {
  const set = columns
    .filter(([, column]) => !key.includes(column))
    .map(([, column]) => `${identifier(column)} = excluded.${identifier(column)}`)
  return `${insert(table, columns, project, [row])} ON CONFLICT (${['project', ...key].join(', ')}) DO UPDATE SET ${set.join(', ')}`
}
