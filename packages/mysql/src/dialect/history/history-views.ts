import { identifier } from '../statements/quoted.ts'
import type { HistoryTables } from './history-tables.ts'

/** JSON_EXTRACT with its quotes off; NULL where the member is not there. */
const member = (column: string, path: string): string => `JSON_UNQUOTE(JSON_EXTRACT(${column}, '$.${path}'))`

/** For people with a SQL prompt; read with the rights of whoever asks. */
export function createViews({ database, migration, event, lease }: HistoryTables): readonly string[] {
  const view = (name: string): string => `CREATE OR REPLACE SQL SECURITY INVOKER VIEW ${identifier(database)}.${identifier(name)} AS`
  return [
    `${view('yama_history')}
SELECT COALESCE(NULLIF(m.\`version\`, ''), e.\`migration_id\`) AS \`version\`, COALESCE(m.\`name\`, ${member('e.`payload`', 'name')}, e.\`migration_id\`) AS \`name\`,
  COALESCE(${member('e.`payload`', 'checksum')}, m.\`sem_hash\`) AS \`checksum\`, e.\`at\` AS \`applied_at\`,
  COALESCE(${member('e.`payload`', 'durationMs')}, m.\`duration_ms\`) + 0 AS \`execution_time_ms\`,
  e.\`type\` NOT IN ('migration.failed', 'migration.aborted') AS \`success\`,
  COALESCE(${member('e.`payload`', 'error.message')}, ${member('e.`payload`', 'message')}) AS \`error_message\`,
  COALESCE(${member('e.`actor`', 'osUser')}, ${member('e.`actor`', 'user')}, ${member('e.`actor`', 'databaseUser')}) AS \`applied_by\`,
  CASE WHEN e.\`type\` IN ('migration.reverted', 'marked_reverted') THEN 'down' ELSE COALESCE(${member('e.`payload`', 'direction')}, 'up') END AS \`direction\`,
  e.\`project\` AS \`project\`
FROM ${event} e LEFT JOIN ${migration} m ON m.\`project\` = e.\`project\` AND m.\`id\` = e.\`migration_id\`
WHERE e.\`type\` IN ('migration.succeeded', 'migration.failed', 'migration.aborted', 'migration.reverted', 'marked_applied', 'marked_reverted', 'baselined', 'adopted')
ORDER BY e.\`project\`, e.\`seq\``,
    `${view('yama_current_version')}
SELECT COALESCE(NULLIF(m.\`version\`, ''), m.\`id\`) AS \`version\`, m.\`name\` AS \`name\`, m.\`id\` AS \`id\`, m.\`applied_at\` AS \`applied_at\`, m.\`project\` AS \`project\`
FROM ${migration} m
WHERE m.\`status\` = 'applied' AND m.\`kind\` <> 'repeatable' AND NOT EXISTS (
  SELECT 1 FROM ${migration} c WHERE c.\`project\` = m.\`project\` AND c.\`status\` = 'applied'
    AND (JSON_CONTAINS(c.\`parents\`, JSON_QUOTE(m.\`id\`)) OR JSON_CONTAINS(c.\`parents\`, JSON_QUOTE(CONCAT(m.\`id\`, '@', m.\`link\`)))))`,
    `${view('yama_lock')}
SELECT l.\`project\` AS \`project\`, l.\`pid\` AS \`pid\`, ${member('l.`owner`', 'user')} AS \`user\`, ${member('l.`owner`', 'host')} AS \`host\`,
  ${member('l.`owner`', 'application')} AS \`application\`, l.\`acquired_at\` AS \`since\`, l.\`heartbeat_at\` AS \`heartbeat_at\`, l.\`doing\` AS \`doing\`
FROM ${lease} l WHERE IS_USED_LOCK(l.\`name\`) = l.\`pid\``,
  ]
}
