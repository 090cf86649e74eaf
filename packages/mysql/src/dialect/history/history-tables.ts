import { identifier } from '../statements/quoted.ts'

/** The qualified names of the tables, quoted: a migration may say USE. */
export interface HistoryTables {
  readonly database: string
  readonly meta: string
  readonly migration: string
  readonly event: string
  readonly step: string
  readonly fence: string
  readonly lease: string
  readonly snapshot: string
}

export function historyTables(database: string): HistoryTables {
  const table = (name: string): string => `${identifier(database)}.${identifier(name)}`
  return {
    database,
    meta: table('yama_meta'),
    migration: table('yama_migration'),
    event: table('yama_event'),
    step: table('yama_step'),
    fence: table('yama_fence'),
    lease: table('yama_lease'),
    snapshot: table('yama_snapshot'),
  }
}

/** Everything that belongs to Yama, invisible to extraction, pull, difference and drift. */
export const HISTORY_OBJECTS: ReadonlySet<string> = new Set([
  'yama_meta',
  'yama_migration',
  'yama_event',
  'yama_step',
  'yama_fence',
  'yama_lease',
  'yama_snapshot',
  'yama_history',
  'yama_current_version',
  'yama_lock',
])

/** Names compare byte by byte, and every statement is transactional, whatever the server's own defaults are. */
const STORAGE = 'ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin'

/** Made last, so that where it is everything is: DDL commits one table after the other, and a reader may come in between. */
export const LAST_TABLE = 'yama_snapshot'

/** Format 1. A change of shape adds an upgrade step, never edits one. Project '' of `yama_meta` is the database itself. */
export function createTables(tables: HistoryTables): readonly string[] {
  const { meta, migration, event, step, fence, lease, snapshot } = tables
  const create = (name: string, columns: string): string => `CREATE TABLE IF NOT EXISTS ${name} (${columns}) ${STORAGE}`
  return [
    create(meta, '`project` varchar(128) NOT NULL, `key` varchar(128) NOT NULL, `value` longtext NOT NULL, PRIMARY KEY (`project`, `key`)'),
    `INSERT IGNORE INTO ${meta} (\`project\`, \`key\`, \`value\`) VALUES ('', 'db_uuid', UUID()), ('', 'format', '1')`,
    create(
      migration,
      `\`project\` varchar(128) NOT NULL, \`id\` varchar(255) NOT NULL, \`name\` varchar(512) NOT NULL, \`version\` varchar(255) NOT NULL, \`kind\` varchar(32) NOT NULL,
  \`status\` varchar(16) NOT NULL CHECK (\`status\` IN ('applied', 'partial', 'unknown', 'reverted')),
  \`parents\` json NOT NULL, \`covers\` json, \`link\` varchar(64) NOT NULL, \`raw_hash\` varchar(128) NOT NULL, \`sem_hash\` varchar(128) NOT NULL,
  \`state_before\` varchar(255), \`state_after\` varchar(255), \`body\` longblob, \`down_body\` longblob,
  \`run_id\` varchar(64) NOT NULL, \`applied_seq\` bigint NOT NULL, \`applied_at\` datetime(6) NOT NULL, \`duration_ms\` bigint NOT NULL,
  \`git_commit\` varchar(128), \`tool_version\` varchar(64) NOT NULL, PRIMARY KEY (\`project\`, \`id\`)`,
    ),
    create(
      event,
      `\`project\` varchar(128) NOT NULL, \`seq\` bigint NOT NULL, \`at\` datetime(6) NOT NULL, \`run_id\` varchar(64) NOT NULL, \`type\` varchar(64) NOT NULL,
  \`migration_id\` varchar(255), \`attempt\` int, \`actor\` json NOT NULL, \`payload\` json NOT NULL, \`prev_hash\` varbinary(32) NOT NULL, \`hash\` varbinary(32) NOT NULL,
  PRIMARY KEY (\`project\`, \`seq\`), KEY \`yama_event_migration\` (\`project\`, \`migration_id\`)`,
    ),
    create(
      step,
      `\`project\` varchar(128) NOT NULL, \`migration_id\` varchar(255) NOT NULL, \`attempt\` int NOT NULL, \`n\` int NOT NULL, \`grp\` int NOT NULL,
  \`direction\` varchar(8) NOT NULL, \`mode\` varchar(16) NOT NULL, \`stmt_hash\` varchar(128) NOT NULL, \`sql\` longtext NOT NULL,
  \`state\` varchar(16) NOT NULL CHECK (\`state\` IN ('intent', 'done', 'failed', 'skipped', 'healed')),
  \`expect\` json, \`backend\` json, \`started_at\` datetime(6) NOT NULL, \`finished_at\` datetime(6), \`rows\` bigint, \`progress\` json, \`error\` json,
  PRIMARY KEY (\`project\`, \`migration_id\`, \`attempt\`, \`direction\`, \`n\`)`,
    ),
    create(fence, '`project` varchar(128) NOT NULL PRIMARY KEY, `token` bigint NOT NULL'),
    create(
      lease,
      '`project` varchar(128) NOT NULL PRIMARY KEY, `token` bigint NOT NULL, `name` varchar(64) NOT NULL, `mode` varchar(16) NOT NULL, `pid` bigint NOT NULL, `owner` json NOT NULL, `run_id` varchar(64),\n  `acquired_at` datetime(6) NOT NULL, `heartbeat_at` datetime(6) NOT NULL, `ttl_ms` int NOT NULL, `doing` json',
    ),
    create(
      snapshot,
      '`project` varchar(128) NOT NULL PRIMARY KEY, `tag` varchar(64) NOT NULL, `state_hash` varchar(128) NOT NULL, `facts` longblob NOT NULL, `at` datetime(6) NOT NULL, `run_id` varchar(64) NOT NULL',
    ),
  ]
}
