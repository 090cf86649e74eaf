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
export { runBeforeClose } from './dialect-kit/before-close.ts'
export { bodyOf } from './dialect-kit/body-of.ts'
export { decodeRow } from './dialect-kit/decode-row.ts'
export { EMPTY_HISTORY } from './dialect-kit/empty-history.ts'
export { groupEvents, type EventsWrite } from './dialect-kit/group-events.ts'
export { describeHolder } from './run/describe-holder.ts'
export { isCertainlyDead, leaseOwner, type LeaseOwner } from './dialect-kit/lease-owner.ts'
export {
  HEARTBEAT_MS,
  holderOf,
  judgeLease,
  LEASE_TTL_MS,
  type Judgement,
  type Lease,
  type SessionSight,
} from './dialect-kit/judge-lease.ts'
export { pollForLock, type LockAttempt } from './dialect-kit/poll-for-lock.ts'
export { dueBeats, startHeartbeat, type Heartbeat } from './dialect-kit/start-heartbeat.ts'
export { breakSessionLock, type LockBreaker } from './dialect-kit/break-session-lock.ts'
export { holdLock, type HeldLock } from './dialect-kit/hold-lock.ts'
export { Mutex } from './dialect-kit/mutex.ts'
