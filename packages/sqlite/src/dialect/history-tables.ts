/** Everything that belongs to Yama, invisible to extraction, pull, difference and drift. */
export const HISTORY_OBJECTS: ReadonlySet<string> = new Set([
  'yama_meta',
  'yama_migration',
  'yama_event',
  'yama_step',
  'yama_fence',
  'yama_lease',
  'yama_snapshot',
  'yama_event_type',
  'yama_event_migration',
  'yama_history',
  'yama_current_version',
  'yama_lock',
])

/** Also made by the lock, which may come before everything else. */
export const LOCK_TABLES: readonly string[] = [
  `CREATE TABLE IF NOT EXISTS yama_fence (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  token INTEGER NOT NULL
)`,
  `CREATE TABLE IF NOT EXISTS yama_lease (
  key TEXT PRIMARY KEY NOT NULL,
  token INTEGER NOT NULL,
  owner TEXT NOT NULL,
  run_id TEXT,
  acquired_at TEXT NOT NULL,
  heartbeat_at TEXT NOT NULL,
  ttl_ms INTEGER NOT NULL,
  doing TEXT
)`,
  'INSERT OR IGNORE INTO yama_fence (id, token) VALUES (1, 0)',
]

export const HISTORY_TABLES: readonly string[] = [
  // project '' holds what belongs to the database itself: its id and the format.
  `CREATE TABLE IF NOT EXISTS yama_meta (
  project TEXT NOT NULL,
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (project, key)
)`,
  `CREATE TABLE IF NOT EXISTS yama_migration (
  project TEXT NOT NULL,
  id TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  kind TEXT NOT NULL,
  status TEXT NOT NULL CHECK (status IN ('applied', 'partial', 'unknown', 'reverted')),
  parents TEXT NOT NULL,
  covers TEXT,
  link TEXT NOT NULL,
  raw_hash TEXT NOT NULL,
  sem_hash TEXT NOT NULL,
  state_before TEXT,
  state_after TEXT,
  body BLOB,
  down_body BLOB,
  run_id TEXT NOT NULL,
  applied_seq INTEGER NOT NULL,
  applied_at TEXT NOT NULL,
  duration_ms INTEGER NOT NULL,
  git_commit TEXT,
  tool_version TEXT NOT NULL,
  PRIMARY KEY (project, id)
)`,
  `CREATE TABLE IF NOT EXISTS yama_event (
  project TEXT NOT NULL,
  seq INTEGER NOT NULL,
  at TEXT NOT NULL,
  run_id TEXT NOT NULL,
  type TEXT NOT NULL,
  migration_id TEXT,
  attempt INTEGER,
  actor TEXT NOT NULL,
  payload TEXT NOT NULL,
  prev_hash TEXT NOT NULL,
  hash TEXT NOT NULL,
  PRIMARY KEY (project, seq)
)`,
  'CREATE INDEX IF NOT EXISTS yama_event_migration ON yama_event (project, migration_id)',
  `CREATE TABLE IF NOT EXISTS yama_step (
  project TEXT NOT NULL,
  migration_id TEXT NOT NULL,
  attempt INTEGER NOT NULL,
  n INTEGER NOT NULL,
  grp INTEGER NOT NULL,
  direction TEXT NOT NULL,
  mode TEXT NOT NULL,
  stmt_hash TEXT NOT NULL,
  sql TEXT NOT NULL,
  state TEXT NOT NULL,
  expect TEXT,
  backend TEXT,
  started_at TEXT NOT NULL,
  finished_at TEXT,
  rows INTEGER,
  progress TEXT,
  error TEXT,
  PRIMARY KEY (project, migration_id, attempt, direction, n)
)`,
  `CREATE TABLE IF NOT EXISTS yama_snapshot (
  project TEXT PRIMARY KEY NOT NULL,
  tag TEXT NOT NULL,
  state_hash TEXT NOT NULL,
  facts BLOB NOT NULL,
  at TEXT NOT NULL,
  run_id TEXT NOT NULL
)`,
  ...LOCK_TABLES,
]

/** For people with a SQL prompt. */
export const HISTORY_VIEWS: readonly string[] = [
  `CREATE VIEW IF NOT EXISTS yama_history AS
SELECT
  coalesce(nullif(m.version, ''), e.migration_id) AS version,
  coalesce(m.name, e.migration_id) AS name,
  m.sem_hash AS checksum,
  e.at AS applied_at,
  CASE WHEN e.seq = m.applied_seq THEN m.duration_ms END AS execution_time_ms,
  CASE WHEN e.type IN ('migration.failed', 'migration.aborted') THEN 0 ELSE 1 END AS success,
  json_extract(e.payload, '$.message') AS error_message,
  coalesce(json_extract(e.actor, '$.osUser'), json_extract(e.actor, '$.user'), json_extract(e.actor, '$.databaseUser')) AS applied_by,
  CASE WHEN e.type IN ('migration.reverted', 'marked_reverted') THEN 'down' ELSE coalesce(json_extract(e.payload, '$.direction'), 'up') END AS direction,
  e.project AS project
FROM yama_event AS e
LEFT JOIN yama_migration AS m ON m.project = e.project AND m.id = e.migration_id
WHERE e.type IN ('migration.succeeded', 'migration.failed', 'migration.aborted', 'migration.reverted', 'marked_applied', 'marked_reverted', 'baselined', 'adopted')
ORDER BY e.project, e.seq`,
  `CREATE VIEW IF NOT EXISTS yama_current_version AS
SELECT coalesce(nullif(m.version, ''), m.id) AS version, m.name AS name, m.id AS id, m.applied_at AS applied_at, m.project AS project
FROM yama_migration AS m
WHERE m.status = 'applied' AND m.kind <> 'repeatable' AND NOT EXISTS (
  SELECT 1 FROM yama_migration AS child, json_each(child.parents) AS parent
  WHERE child.project = m.project AND child.status = 'applied'
    AND (parent.value = m.id OR parent.value = m.id || '@' || m.link)
)`,
  `CREATE VIEW IF NOT EXISTS yama_lock AS
SELECT key, token, json_extract(owner, '$.pid') AS pid, json_extract(owner, '$.user') AS user, json_extract(owner, '$.host') AS host,
  json_extract(owner, '$.application') AS application, acquired_at AS since, heartbeat_at, doing
FROM yama_lease`,
]
