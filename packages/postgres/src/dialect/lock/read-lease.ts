import type { Lease, LeaseOwner } from '@yama/core/dialect-kit'

export interface FoundLease {
  readonly lease: Lease
  /** `session` holds the mutex as well, `lease` was taken through a pooler. */
  readonly mode: 'session' | 'lease'
  /** The last heartbeat as the server prints it, for a comparison. */
  readonly beat: string
}

/** The lease of a row of `leaseSql` or `inspectSql`; undefined where none stands there. */
export function readLease(row: Readonly<Record<string, unknown>> | undefined): FoundLease | undefined {
  if (row === undefined || row['token'] === null) return undefined
  return {
    lease: {
      token: Number(row['token']),
      owner: JSON.parse(String(row['owner'])) as LeaseOwner,
      since: String(row['since']),
      ageMs: Number(row['age_ms']),
      ttlMs: Number(row['ttl_ms']),
      ...(row['migration'] === null ? {} : { migration: String(row['migration']) }),
    },
    mode: row['mode'] === 'lease' ? 'lease' : 'session',
    beat: String(row['beat']),
  }
}
