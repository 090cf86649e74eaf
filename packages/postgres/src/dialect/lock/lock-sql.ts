import { literal } from '../../types/quoted.ts'
import type { HistoryTables } from '../history/history-tables.ts'

/** The first eight bytes of sha256('yama:' db_uuid ':' key), so that databases of one server do not share a lock. */
const advisoryKey = (tables: HistoryTables, key: string): string =>
  `SELECT ('x' || substr(encode(sha256(convert_to('yama:' || value || ':' || ${literal(key)}, 'UTF8')), 'hex'), 1, 16))::bit(64)::bigint AS k FROM ${tables.meta} WHERE project = '' AND key = 'db_uuid'`

/** Rows of pg_locks that hold the key; a bigint is split into two 32-bit halves there. */
function advisoryHeld(k: string): string {
  return `FROM pg_catalog.pg_locks p WHERE p.locktype = 'advisory' AND p.granted AND p.objsubid = 1 AND p.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())
  AND p.classid::bigint = ((${k} >> 32) & 4294967295) AND p.objid::bigint = (${k} & 4294967295)`
}

/** What tells this database from a restored or copied one. `pg_control_system()` may be withheld from the user: then what changes when the server starts. */
export const PLACES = {
  known: `(SELECT system_identifier::text FROM pg_catalog.pg_control_system())`,
  withheld: `(extract(epoch FROM pg_catalog.pg_postmaster_start_time())::numeric(20, 6))::text`,
} as const
const place = (server: keyof typeof PLACES): string =>
  `${PLACES[server]} || '/' || (SELECT oid FROM pg_catalog.pg_database WHERE datname = current_database())`

const LEASE = `l.token::text AS token, l.mode, l.pid::text AS lease_pid, l.owner::text AS owner, to_char(l.acquired_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS since,
  l.heartbeat_at::text AS beat, round(extract(epoch FROM clock_timestamp() - l.heartbeat_at) * 1000)::text AS age_ms, l.ttl_ms::text AS ttl_ms, l.doing ->> 'migration' AS migration`

/** Takes the mutex where a session can hold one. Through a pooler `got` says only that no session holds the mutex: the lease alone decides. */
export function tryMutexSql(tables: HistoryTables, key: string, pooler: boolean, server: keyof typeof PLACES): string {
  const got = pooler ? `NOT EXISTS (SELECT ${advisoryHeld('k.k')})` : 'pg_try_advisory_lock(k.k)'
  return `SELECT k.k::text AS k, ${got} AS got, ${place(server)} AS place FROM (${advisoryKey(tables, key)}) k`
}

/** The lease that stands there. A statement of its own: the one that takes the mutex sees what was there before it, and its owner may have removed it since. */
export const leaseSql = (tables: HistoryTables, key: string): string =>
  `SELECT ${LEASE} FROM ${tables.lease} l WHERE l.project = ${literal(key)}`

/** The lease as it was seen; undefined where there was none. */
export interface SeenLease {
  readonly token: number
  readonly beat: string
}

/**
 * Lease and fence in one transaction, if the lease is still the one that was seen; the last result has the token, or no row.
 * A short limit, since the former owner's transaction may still hold the fence's row.
 */
export function takeLeaseSql(
  tables: HistoryTables,
  key: string,
  lease: {
    readonly owner: string
    readonly ttlMs: number
    readonly pooler: boolean
    readonly k: string
    readonly seen: SeenLease | undefined
  },
): readonly string[] {
  const { owner, ttlMs, pooler, k, seen } = lease
  const free = pooler ? ` AND NOT EXISTS (SELECT ${advisoryHeld(`${k}::bigint`)})` : ''
  const same = seen === undefined ? 'false' : `l.token = ${String(seen.token)} AND l.heartbeat_at = ${literal(seen.beat)}::timestamptz`
  return [
    'SET LOCAL lock_timeout = 100',
    `WITH lease AS (INSERT INTO ${tables.lease} AS l (project, token, mode, pid, owner, acquired_at, heartbeat_at, ttl_ms)
  SELECT ${literal(key)}, 0, '${pooler ? 'lease' : 'session'}', pg_backend_pid(), ${literal(owner)}::jsonb, clock_timestamp(), clock_timestamp(), ${String(ttlMs)} WHERE true${free}
  ON CONFLICT (project) DO UPDATE SET token = 0, mode = excluded.mode, pid = excluded.pid, owner = excluded.owner, run_id = NULL, acquired_at = excluded.acquired_at, heartbeat_at = excluded.heartbeat_at, ttl_ms = excluded.ttl_ms, doing = NULL
  WHERE ${same}${free} RETURNING project)
INSERT INTO ${tables.fence} AS f (project, token) SELECT project, 1 FROM lease ON CONFLICT (project) DO UPDATE SET token = f.token + 1`,
    `UPDATE ${tables.lease} l SET token = f.token FROM ${tables.fence} f WHERE f.project = l.project AND l.project = ${literal(key)} AND l.token = 0 RETURNING l.token`,
  ]
}

/** A heartbeat: the lease counts from now on, and says what is being done. */
export function beatSql(tables: HistoryTables, key: string, token: number, migration: string | undefined): string {
  const doing = migration === undefined ? '' : `, doing = ${literal(JSON.stringify({ migration }))}::jsonb`
  return `UPDATE ${tables.lease} SET heartbeat_at = clock_timestamp()${doing} WHERE project = ${literal(key)} AND token = ${String(token)}`
}

export function releaseLeaseSql(tables: HistoryTables, key: string, token: number): string {
  return `DELETE FROM ${tables.lease} WHERE project = ${literal(key)} AND token = ${String(token)}`
}

export function isHeldSql(tables: HistoryTables, key: string, token: number, k: string, pooler: boolean): string {
  const mutex = pooler ? '' : ` AND EXISTS (SELECT ${advisoryHeld(`${k}::bigint`)} AND p.pid = pg_backend_pid())`
  return `SELECT 1 FROM ${tables.fence} f WHERE f.project = ${literal(key)} AND f.token = ${String(token)}${mutex}`
}

/** What stands before the work in the text of a batch: BEGIN and the fence. */
const FENCE = "'^.*FOR SHARE\\) held;?'"

/** Who holds it: what the server knows of the session, and what the owner wrote about itself. No row where nobody does. */
export function inspectSql(tables: HistoryTables, key: string, server: keyof typeof PLACES): string {
  return `SELECT h.pid::text AS session, a.usename::text AS session_user, host(a.client_addr) AS address, nullif(a.application_name, '') AS application,
  to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS connected, CASE WHEN a.state <> 'idle' THEN nullif(left(btrim(regexp_replace(regexp_replace(a.query, ${FENCE}, ''), '\\s+', ' ', 'g'), ' ;'), 120), '') END AS doing,
  ${place(server)} AS place, coalesce(l.token, (SELECT f.token FROM ${tables.fence} f WHERE f.project = ${literal(key)}), 0)::text AS fence, ${LEASE}
FROM (${advisoryKey(tables, key)}) k
LEFT JOIN LATERAL (SELECT p.pid ${advisoryHeld('k.k')} LIMIT 1) h ON true
LEFT JOIN ${tables.lease} l ON l.project = ${literal(key)}
LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = h.pid
WHERE h.pid IS NOT NULL OR l.project IS NOT NULL`
}

/** The next token, if the fence is still at the one that was seen; the row stays locked until the end of the transaction. */
export function fenceOutSql(tables: HistoryTables, key: string, token: number): string {
  return `INSERT INTO ${tables.fence} AS f (project, token) VALUES (${literal(key)}, 1) ON CONFLICT (project) DO UPDATE SET token = f.token + 1 WHERE f.token = ${String(token)} RETURNING f.token`
}

/** Ends the session if it holds the mutex, asked for and ended in one statement, so that never another one is ended. */
export function endSessionSql(tables: HistoryTables, key: string, pid: string): string {
  return `SELECT pg_terminate_backend(h.pid) FROM (${advisoryKey(tables, key)}) k CROSS JOIN LATERAL (SELECT p.pid ${advisoryHeld('k.k')}) h WHERE h.pid <> pg_backend_pid() AND h.pid::text = ${literal(pid)}`
}

export function mutexHeldSql(tables: HistoryTables, key: string, pid: string): string {
  return `SELECT 1 FROM (${advisoryKey(tables, key)}) k WHERE EXISTS (SELECT ${advisoryHeld('k.k')} AND p.pid::text = ${literal(pid)})`
}
