export {
  BODY_COLUMNS,
  EVENT_COLUMNS,
  LISTED_COLUMNS,
  MIGRATION_COLUMNS,
  SNAPSHOT_COLUMNS,
  STEP_COLUMNS,
  type Column,
  type Storage,
} from './dialect-kit/history-columns.ts'
export { bodyOf } from './dialect-kit/body-of.ts'
export { decodeRow } from './dialect-kit/decode-row.ts'
export { EMPTY_HISTORY } from './dialect-kit/empty-history.ts'
export { groupEvents, type EventsWrite } from './dialect-kit/group-events.ts'
