import type { Connection } from '@yama/core'
import type { Lease, LeaseOwner } from '@yama/core/dialect-kit'

/** The lease of a key; undefined where none stands there. */
export async function readLease(connection: Connection, key: string): Promise<Lease | undefined> {
  const sql = `SELECT token, owner, acquired_at, doing, ttl_ms, CAST((julianday('now') - julianday(heartbeat_at)) * 86400000 AS INTEGER) AS age_ms FROM yama_lease WHERE key = ?`
  const row = (await connection.execute(sql, [key])).rows[0]
  if (row === undefined) return undefined
  return {
    token: Number(row['token']),
    owner: JSON.parse(String(row['owner'])) as LeaseOwner,
    since: String(row['acquired_at']),
    ageMs: Number(row['age_ms']),
    ttlMs: Number(row['ttl_ms']),
    ...(row['doing'] === null ? {} : { migration: String(row['doing']) }),
  }
}
