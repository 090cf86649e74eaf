import type { DatabaseKind } from '@yama/core'
import { identifier, literal } from '../statements/quoted.ts'
import type { HistoryTables } from '../history/history-tables.ts'

/** Either server of the package. */
type Server = Extract<DatabaseKind, 'mysql' | 'mariadb'>

const cluster = {
  mysql: `(SELECT NULLIF(variable_value, '') FROM performance_schema.global_variables WHERE variable_name = 'group_replication_group_name')`,
  mariadb: `(SELECT NULLIF(variable_value, '') FROM information_schema.global_status WHERE variable_name = 'WSREP_CLUSTER_STATE_UUID')`,
} satisfies Record<Server, string>

const node = {
  mysql: '@@server_uuid',
  mariadb: `CONCAT(@@hostname, ':', @@port, ':', @@datadir)`,
} satisfies Record<Server, string>

/** What tells this database from a restored or copied one, and this server from the others of its cluster. */
const place = (server: Server, { database }: HistoryTables): string =>
  `CONCAT(COALESCE(${cluster[server]}, ${node[server]}), '/', ${literal(database)}) AS \`place\`, ${node[server]} AS \`node\``

/**
 * The name of the mutex, at most 64 characters on MySQL. Named locks belong to the whole server, so the database's id is in it,
 * and its name, for a copy of a database has the same id.
 */
const mutexName = (tables: HistoryTables, key: string): string =>
  `SELECT CONCAT('yama:', LEFT(SHA2(CONCAT(\`value\`, ':', ${literal(key)}, ':', ${literal(tables.database)}), 256), 40)) AS \`name\` FROM ${tables.meta} WHERE \`project\` = '' AND \`key\` = 'db_uuid'`

const LEASE = `l.\`token\` AS \`token\`, l.\`owner\` AS \`owner\`, CONCAT(LEFT(DATE_FORMAT(l.\`acquired_at\`, '%Y-%m-%dT%H:%i:%s'), 19), 'Z') AS \`since\`,
  TIMESTAMPDIFF(MICROSECOND, l.\`heartbeat_at\`, UTC_TIMESTAMP(6)) DIV 1000 AS \`age_ms\`, l.\`ttl_ms\` AS \`ttl_ms\`, JSON_UNQUOTE(JSON_EXTRACT(l.\`doing\`, '$.migration')) AS \`migration\``

const leaseOf = (tables: HistoryTables, key: string): string => `${tables.lease} l ON l.\`project\` = ${literal(key)}`

/** Takes the mutex. One row, or none where the history is not there. */
export function tryMutexSql(server: Server, tables: HistoryTables, key: string): string {
  return `SELECT n.\`name\` AS \`name\`, GET_LOCK(n.\`name\`, 0) AS \`got\`, ${place(server, tables)} FROM (${mutexName(tables, key)}) n`
}

/** The lease that stands there. A statement of its own: the one that takes the mutex would read what its owner removes just before that. */
export const leaseSql = (tables: HistoryTables, key: string): string =>
  `SELECT ${LEASE} FROM ${tables.lease} l WHERE l.\`project\` = ${literal(key)}`

/**
 * Lease and fence in one transaction; the last result has the token. The first statement fails at once where the former
 * owner's transaction still holds the fence's row.
 */
export function takeLeaseSql(tables: HistoryTables, key: string, name: string, owner: string, ttlMs: number): readonly string[] {
  return [
    `SELECT \`token\` FROM ${tables.fence} WHERE \`project\` = ${literal(key)} FOR UPDATE NOWAIT`,
    `INSERT INTO ${tables.fence} (\`project\`, \`token\`) VALUES (${literal(key)}, LAST_INSERT_ID(1)) ON DUPLICATE KEY UPDATE \`token\` = LAST_INSERT_ID(\`token\` + 1)`,
    `REPLACE INTO ${tables.lease} (\`project\`, \`token\`, \`name\`, \`mode\`, \`pid\`, \`owner\`, \`run_id\`, \`acquired_at\`, \`heartbeat_at\`, \`ttl_ms\`, \`doing\`)
  VALUES (${literal(key)}, LAST_INSERT_ID(), ${literal(name)}, 'session', CONNECTION_ID(), ${literal(owner)}, NULL, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ${String(ttlMs)}, NULL)`,
    'SELECT LAST_INSERT_ID() AS `token`',
  ]
}

/** A heartbeat: the lease counts from now on, and says what is being done. */
export function beatSql(tables: HistoryTables, key: string, token: number, migration: string | undefined): string {
  const doing = migration === undefined ? '' : `, \`doing\` = ${literal(JSON.stringify({ migration }))}`
  return `UPDATE ${tables.lease} SET \`heartbeat_at\` = UTC_TIMESTAMP(6)${doing} WHERE \`project\` = ${literal(key)} AND \`token\` = ${String(token)}`
}

export function releaseSql(tables: HistoryTables, key: string, token: number): string {
  return `DELETE FROM ${tables.lease} WHERE \`project\` = ${literal(key)} AND \`token\` = ${String(token)}`
}

export const unlockSql = (name: string): string => `DO RELEASE_LOCK(${literal(name)})`

export function isHeldSql(tables: HistoryTables, key: string, token: number, name: string): string {
  return `SELECT 1 AS ${identifier('held')} FROM ${tables.fence} WHERE \`project\` = ${literal(key)} AND \`token\` = ${String(token)} AND IS_USED_LOCK(${literal(name)}) = CONNECTION_ID()`
}

/**
 * Who holds it: what the owner wrote about itself, and what the server shows of its session, which is nothing of other
 * users' without the privilege PROCESS. No row where nobody does.
 */
export function inspectSql(server: Server, tables: HistoryTables, key: string): string {
  return `SELECT h.\`pid\` AS \`session\`, p.\`user\` AS \`session_user\`, p.\`host\` AS \`address\`, NULLIF(LEFT(REPLACE(p.\`info\`, '\n', ' '), 120), '') AS \`doing\`,
  COALESCE(l.\`token\`, (SELECT f.\`token\` FROM ${tables.fence} f WHERE f.\`project\` = ${literal(key)}), 0) AS \`fence\`, ${place(server, tables)}, ${LEASE}
FROM (SELECT IS_USED_LOCK(n.\`name\`) AS \`pid\` FROM (${mutexName(tables, key)}) n) h
LEFT JOIN ${leaseOf(tables, key)}
LEFT JOIN information_schema.processlist p ON p.\`id\` = h.\`pid\`
WHERE h.\`pid\` IS NOT NULL OR l.\`project\` IS NOT NULL`
}

/** The next token, if the fence is still at the one that was seen; the row stays locked until the end of the transaction. */
export function fenceOutSql(tables: HistoryTables, key: string, token: number): string {
  return `UPDATE ${tables.fence} SET \`token\` = \`token\` + 1 WHERE \`project\` = ${literal(key)} AND \`token\` = ${String(token)}`
}

/** The session that holds the mutex, if it is this one. */
export function mutexHeldSql(tables: HistoryTables, key: string, pid: string): string {
  return `SELECT h.\`pid\` AS \`pid\` FROM (SELECT IS_USED_LOCK(n.\`name\`) AS \`pid\` FROM (${mutexName(tables, key)}) n) h WHERE h.\`pid\` = ${literal(pid)} AND h.\`pid\` <> CONNECTION_ID()`
}
