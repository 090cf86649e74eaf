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
import { identifier, literal } from '../statements/quoted.ts'
import { encodeValue } from './history-codec.ts'
import type { HistoryTables } from './history-tables.ts'

/** One statement per write, events that follow each other in one, with the values as literals. The order of the writes is kept. */
export function encodeWrites(tables: HistoryTables, project: string, writes: readonly HistoryWrite[]): readonly Command[] {
  return groupEvents(writes).map((write) => ({ sql: encodeWrite(tables, project, write) }))
}

function encodeWrite(tables: HistoryTables, project: string, write: Exclude<HistoryWrite, { write: 'event' }> | EventsWrite): string {
  switch (write.write) {
    case 'events':
      return insert('INSERT', tables.event, EVENT_COLUMNS, project, write.rows)
    case 'migration':
      return insert('REPLACE', tables.migration, MIGRATION_COLUMNS, project, [write.row])
    case 'step':
      return insert('REPLACE', tables.step, STEP_COLUMNS, project, [write.row])
    case 'snapshot':
      return insert('REPLACE', tables.snapshot, SNAPSHOT_COLUMNS, project, [write.row])
    case 'meta':
      return `REPLACE INTO ${tables.meta} (\`project\`, \`key\`, \`value\`) VALUES (${literal(write.database === true ? '' : project)}, ${literal(write.key)}, ${literal(write.value)})`
    case 'durations': {
      const ids = write.ms.map(([id]) => literal(id))
      const cases = write.ms.map(([id, ms]) => `WHEN ${literal(id)} THEN ${String(Math.round(ms))}`)
      return `UPDATE ${tables.migration} SET \`duration_ms\` = CASE \`id\` ${cases.join(' ')} END WHERE \`project\` = ${literal(project)} AND \`id\` IN (${ids.join(', ')})`
    }
    case 'migration-status': {
      const fields: Partial<MigrationRow> = { ...write.fields, status: write.status }
      const changes = MIGRATION_COLUMNS.filter(([member]) => member !== 'id' && fields[member] !== undefined)
      const set = changes.map(([member, column, storage]) => `${identifier(column)} = ${encodeValue(fields[member], storage)}`)
      return `UPDATE ${tables.migration} SET ${set.join(', ')} WHERE \`project\` = ${literal(project)} AND \`id\` = ${literal(write.id)}`
    }
  }
}

function insert<T>(verb: 'INSERT' | 'REPLACE', table: string, columns: readonly Column<T>[], project: string, rows: readonly T[]): string {
  const values = rows.map(
    (row) => `(${[literal(project), ...columns.map(([member, , storage]) => encodeValue(row[member], storage))].join(', ')})`,
  )
  return `${verb} INTO ${table} (\`project\`, ${columns.map(([, column]) => identifier(column)).join(', ')}) VALUES ${values.join(', ')}`
}
