import { literal } from '../../types/quoted.ts'
import type { HistoryTables } from '../history/history-tables.ts'

/** The first eight bytes of sha256('yama:' db_uuid ':' key), so that databases of one server do not share a lock. */
const advisoryKey = (tables: HistoryTables, key: string): string =>
  `SELECT ('x' || substr(encode(sha256(convert_to('yama:' || value || ':' || ${literal(key)}, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint AS k FROM ${tables.meta} WHERE project = '' AND key = 'db_uuid'`

/** A lease that counts no longer: expired, or of a session which the mutex below shows to be gone. */
const EXPIRED = `l.heartbeat_at + l.ttl_ms * interval '1 millisecond' < clock_timestamp()`

/**
 * Mutex, lease and fence in one statement. A direct session takes the advisory lock, which frees itself when the session
 * dies; a lease of another session is then void, one taken through a pooler is not until it expires. Through a pooler
 * there is no session to hold anything: the lease alone decides, and yields to a session which holds the mutex.
 */
export function takeLockSql(tables: HistoryTables, key: string, owner: string, ttlMs: number, pooler: boolean): string {
  const mutex = pooler ? `NOT EXISTS (${advisoryHeld('k.k')})` : 'pg_try_advisory_lock(k.k)'
  return `WITH k AS (${advisoryKey(tables, key)}),
mutex AS (SELECT k.k, ${mutex} AS got FROM k),
lease AS (INSERT INTO ${tables.lease} AS l (project, token, mode, pid, owner, acquired_at, heartbeat_at, ttl_ms)
  SELECT ${literal(key)}, 0, '${pooler ? 'lease' : 'session'}', pg_backend_pid(), ${literal(owner)}::jsonb, clock_timestamp(), clock_timestamp(), ${String(ttlMs)} FROM mutex WHERE got
  ON CONFLICT (project) DO UPDATE SET mode = excluded.mode, pid = excluded.pid, owner = excluded.owner, run_id = NULL, acquired_at = excluded.acquired_at, heartbeat_at = excluded.heartbeat_at, ttl_ms = excluded.ttl_ms, doing = NULL
  WHERE l.mode = 'session' OR ${EXPIRED} RETURNING project),
fence AS (INSERT INTO ${tables.fence} AS f (project, token) SELECT project, 1 FROM lease ON CONFLICT (project) DO UPDATE SET token = f.token + 1 RETURNING token)
SELECT mutex.k::text AS k, mutex.got, (SELECT token FROM fence) AS token FROM mutex`
}

/** The number of the mutex, where the statement above failed and could not say it. */
export function advisoryKeySql(tables: HistoryTables, key: string): string {
  return `SELECT k::text FROM (${advisoryKey(tables, key)}) key`
}

/** Rows of pg_locks that hold the key; a bigint is split into two 32-bit halves there. */
function advisoryHeld(k: string): string {
  return `SELECT FROM pg_catalog.pg_locks p WHERE p.locktype = 'advisory' AND p.granted AND p.objsubid = 1 AND p.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND p.classid::bigint = ((${k} >> 32) & 4294967295) AND p.objid::bigint = (${k} & 4294967295)`
}

/** The lease's own number, so that a release never removes somebody else's. */
export function markLeaseSql(tables: HistoryTables, key: string, token: number): string {
  return `UPDATE ${tables.lease} SET token = ${String(token)} WHERE project = ${literal(key)}`
}

export function releaseLeaseSql(tables: HistoryTables, key: string, token: number): string {
  return `DELETE FROM ${tables.lease} WHERE project = ${literal(key)} AND token = ${String(token)}`
}

export function isHeldSql(tables: HistoryTables, key: string, token: number, k: string, pooler: boolean): string {
  const mutex = pooler ? '' : ` AND EXISTS (${advisoryHeld(`${k}::bigint`)} AND p.pid = pg_backend_pid())`
  return `SELECT 1 FROM ${tables.fence} f WHERE f.project = ${literal(key)} AND f.token = ${String(token)}${mutex}`
}

/** Who holds it: what the server knows of the session, and what the owner wrote about itself. */
export function holderSql(tables: HistoryTables, key: string, k: string): string {
  return `SELECT coalesce(a.pid, l.pid)::text AS pid, coalesce(a.usename::text, l.owner ->> 'user') AS user, coalesce(l.owner ->> 'host', host(a.client_addr)) AS host,
  coalesce(nullif(a.application_name, ''), l.owner ->> 'application') AS application, to_char(coalesce(l.acquired_at, a.backend_start) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
  coalesce(l.doing ->> 'migration', nullif(left(regexp_replace(a.query, '[[:space:]]+', ' ', 'g'), 120), '')) AS doing
FROM (SELECT p.pid FROM pg_catalog.pg_locks p WHERE p.locktype = 'advisory' AND p.granted AND p.objsubid = 1 AND p.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND p.classid::bigint = ((${k}::bigint >> 32) & 4294967295) AND p.objid::bigint = (${k}::bigint & 4294967295)) h
FULL JOIN (SELECT * FROM ${tables.lease} WHERE project = ${literal(key)}) l ON l.pid = h.pid
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = h.pid ORDER BY h.pid IS NULL LIMIT 1`
}
