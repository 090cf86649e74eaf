import { literal, qualified } from '../../types/quoted.ts'
import type { HistoryTables } from './history-tables.ts'

/** On every view that Yama makes outside its own schema, so that it never replaces somebody else's. */
export const OWN_COMMENT = 'Made by Yama: the history of migrations, for people with a SQL prompt.'

/** The views in the schema of the history. */
export function createViews({ schema, migration, event, lease }: HistoryTables): readonly string[] {
  return [
    `CREATE OR REPLACE VIEW ${qualified(schema, 'yama_history')} AS
SELECT coalesce(nullif(m.version, ''), e.migration_id) AS version, coalesce(m.name, e.payload ->> 'name', e.migration_id) AS name,
  coalesce(e.payload ->> 'checksum', m.sem_hash) AS checksum, e.at AS applied_at,
  coalesce((e.payload ->> 'durationMs')::numeric::bigint, m.duration_ms) AS execution_time_ms,
  e.type NOT IN ('migration.failed', 'migration.aborted') AS success,
  coalesce(e.payload -> 'error' ->> 'message', e.payload ->> 'message') AS error_message,
  coalesce(e.actor ->> 'osUser', e.actor ->> 'user', e.actor ->> 'databaseUser') AS applied_by,
  CASE WHEN e.type IN ('migration.reverted', 'marked_reverted') THEN 'down' ELSE coalesce(e.payload ->> 'direction', 'up') END AS direction,
  e.project AS project
FROM ${event} e LEFT JOIN ${migration} m ON m.project = e.project AND m.id = e.migration_id
WHERE e.type IN ('migration.succeeded', 'migration.failed', 'migration.aborted', 'migration.reverted', 'marked_applied', 'marked_reverted', 'baselined', 'adopted')
ORDER BY e.project, e.seq`,
    `CREATE OR REPLACE VIEW ${qualified(schema, 'yama_current_version')} AS
SELECT coalesce(nullif(m.version, ''), m.id) AS version, m.name, m.id, m.applied_at, m.project
FROM ${migration} m
WHERE m.status = 'applied' AND m.kind <> 'repeatable' AND (m.project, m.id) NOT IN (
  SELECT c.project, split_part(p.parent, '@', 1) FROM ${migration} c CROSS JOIN LATERAL jsonb_array_elements_text(c.parents) AS p(parent) WHERE c.status = 'applied')`,
    `CREATE OR REPLACE VIEW ${qualified(schema, 'yama_lock')} AS
SELECT l.project, l.pid, l.owner ->> 'user' AS user, l.owner ->> 'host' AS host, l.owner ->> 'application' AS application,
  l.acquired_at AS since, l.heartbeat_at, a.state, a.query, l.doing
FROM ${lease} l LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = l.pid
WHERE a.pid IS NOT NULL OR l.heartbeat_at + l.ttl_ms * interval '1 millisecond' > now()`,
  ]
}

const VIEWS = ['yama_history', 'yama_current_version', 'yama_lock'] as const

/** Asks where the views of the same names may stand beside the user's tables: the first writable schema, and what has the names already. */
export function userViewsQuestion(historySchema: string): string {
  return `SELECT s.name AS schema, v.name AS view, c.oid IS NOT NULL AND obj_description(c.oid, 'pg_class') IS DISTINCT FROM ${literal(OWN_COMMENT)} AS taken
FROM (SELECT name FROM unnest(current_schemas(false)) WITH ORDINALITY AS u(name, position)
  WHERE has_schema_privilege(name, 'CREATE') AND name <> ${literal(historySchema)} ORDER BY position LIMIT 1) s
CROSS JOIN unnest(ARRAY[${VIEWS.map((name) => literal(name)).join(', ')}]) AS v(name)
LEFT JOIN pg_catalog.pg_class c ON c.relname = v.name AND c.relnamespace = (SELECT oid FROM pg_catalog.pg_namespace WHERE nspname = s.name)`
}

export function createUserView(historySchema: string, schema: string, view: string): readonly string[] {
  const name = qualified(schema, view)
  return [
    `CREATE OR REPLACE VIEW ${name} AS SELECT * FROM ${qualified(historySchema, view)}`,
    `COMMENT ON VIEW ${name} IS ${literal(OWN_COMMENT)}`,
  ]
}
