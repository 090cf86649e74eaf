/** What a database error means for the run. */
export type FailureKind =
  | 'lock-timeout'
  | 'deadlock'
  | 'disconnected'
  | 'duplicate'
  | 'missing'
  | 'syntax'
  | 'constraint'
  | 'permission'
  | 'read-only'
  | 'disk-full'
  | 'cancelled'
  | 'other'
