import { identifier, literal } from '../statements/quoted.ts'
import type { HistoryTables } from '../history/history-tables.ts'

/**
 * The name of the mutex, at most 64 characters on MySQL: named locks belong to the whole server, so the database's id is
 * in it. One row, or none where the history is not there.
 */
export function takeLockSql(tables: HistoryTables, key: string): string {
  const name = `CONCAT('yama:', LEFT(SHA2(CONCAT(\`value\`, ':', ${literal(key)}), 256), 40))`
  return `SELECT n.\`name\` AS \`name\`, GET_LOCK(n.\`name\`, 0) AS \`got\` FROM (SELECT ${name} AS \`name\` FROM ${tables.meta} WHERE \`project\` = '' AND \`key\` = 'db_uuid') n`
}

/** The lease of the session that holds the mutex, and the next token of the fence. */
export function leaseSql(tables: HistoryTables, key: string, name: string, owner: string, ttlMs: number): readonly string[] {
  return [
    `INSERT INTO ${tables.fence} (\`project\`, \`token\`) VALUES (${literal(key)}, LAST_INSERT_ID(1)) ON DUPLICATE KEY UPDATE \`token\` = LAST_INSERT_ID(\`token\` + 1)`,
    `REPLACE INTO ${tables.lease} (\`project\`, \`token\`, \`name\`, \`mode\`, \`pid\`, \`owner\`, \`run_id\`, \`acquired_at\`, \`heartbeat_at\`, \`ttl_ms\`, \`doing\`)
  VALUES (${literal(key)}, LAST_INSERT_ID(), ${literal(name)}, 'session', CONNECTION_ID(), ${literal(owner)}, NULL, UTC_TIMESTAMP(6), UTC_TIMESTAMP(6), ${String(ttlMs)}, NULL)`,
    'SELECT LAST_INSERT_ID() AS `token`',
  ]
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
 * users' without the privilege PROCESS.
 */
export function holderSql(tables: HistoryTables, key: string, name: string): string {
  const owner = (member: string): string => `JSON_UNQUOTE(JSON_EXTRACT(l.\`owner\`, '$.${member}'))`
  return `SELECT COALESCE(h.\`pid\`, l.\`pid\`) AS \`pid\`, COALESCE(p.\`user\`, ${owner('user')}) AS \`user\`, COALESCE(${owner('host')}, p.\`host\`) AS \`host\`,
  ${owner('application')} AS \`application\`, CONCAT(LEFT(DATE_FORMAT(l.\`acquired_at\`, '%Y-%m-%dT%H:%i:%s'), 19), 'Z') AS \`since\`,
  COALESCE(JSON_UNQUOTE(JSON_EXTRACT(l.\`doing\`, '$.migration')), NULLIF(LEFT(REPLACE(p.\`info\`, '\n', ' '), 120), '')) AS \`doing\`
FROM (SELECT IS_USED_LOCK(${literal(name)}) AS \`pid\`) h
LEFT JOIN ${tables.lease} l ON l.\`project\` = ${literal(key)} AND l.\`pid\` = h.\`pid\`
LEFT JOIN information_schema.processlist p ON p.\`id\` = h.\`pid\``
}
