import type { Lease, LeaseOwner } from '@yama/core/dialect-kit'

/** The lease of a row of `leaseSql` or `inspectSql`; undefined where none stands there. */
export function readLease(row: Readonly<Record<string, unknown>> | undefined): Lease | undefined {
  if (row === undefined || row['token'] === null) return undefined
  return {
    token: Number(row['token']),
    owner: JSON.parse(String(row['owner'])) as LeaseOwner,
    since: String(row['since']),
    ageMs: Number(row['age_ms']),
    ttlMs: Number(row['ttl_ms']),
    ...(row['migration'] === null ? {} : { migration: String(row['migration']) }),
  }
}
