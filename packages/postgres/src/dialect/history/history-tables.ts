import { qualified, identifier } from '../../types/quoted.ts'

/** The qualified names of the tables, quoted. */
export interface HistoryTables {
  readonly schema: string
  readonly meta: string
  readonly migration: string
  readonly event: string
  readonly step: string
  readonly fence: string
  readonly lease: string
  readonly snapshot: string
}

export function historyTables(schema: string): HistoryTables {
  const table = (name: string): string => qualified(schema, name)
  return {
    schema,
    meta: table('meta'),
    migration: table('migration'),
    event: table('event'),
    step: table('step'),
    fence: table('fence'),
    lease: table('lease'),
    snapshot: table('snapshot'),
  }
}

/** Format 1. A change of shape adds an upgrade step, never edits one. Project '' of `meta` is the database itself. */
export function createTables(tables: HistoryTables): readonly string[] {
  const { meta, migration, event, step, fence, lease, snapshot } = tables
  return [
    `CREATE SCHEMA IF NOT EXISTS ${identifier(tables.schema)}`,
    `CREATE TABLE IF NOT EXISTS ${meta} (project text NOT NULL, key text NOT NULL, value text NOT NULL, PRIMARY KEY (project, key))`,
    `CREATE TABLE IF NOT EXISTS ${migration} (
  project text NOT NULL, id text NOT NULL, name text NOT NULL, version text NOT NULL, kind text NOT NULL,
  status text NOT NULL CHECK (status IN ('applied', 'partial', 'unknown', 'reverted')),
  parents jsonb NOT NULL, covers jsonb, link text NOT NULL, raw_hash text NOT NULL, sem_hash text NOT NULL,
  state_before text, state_after text, body bytea, down_body bytea,
  run_id text NOT NULL, applied_seq bigint NOT NULL, applied_at timestamptz NOT NULL, duration_ms bigint NOT NULL,
  git_commit text, tool_version text NOT NULL, PRIMARY KEY (project, id))`,
    `CREATE TABLE IF NOT EXISTS ${event} (
  project text NOT NULL, seq bigint NOT NULL, at timestamptz NOT NULL, run_id text NOT NULL, type text NOT NULL,
  migration_id text, attempt integer, actor jsonb NOT NULL, payload jsonb NOT NULL, prev_hash bytea NOT NULL, hash bytea NOT NULL,
  PRIMARY KEY (project, seq))`,
    `CREATE TABLE IF NOT EXISTS ${step} (
  project text NOT NULL, migration_id text NOT NULL, attempt integer NOT NULL, n integer NOT NULL, grp integer NOT NULL,
  direction text NOT NULL, mode text NOT NULL, stmt_hash text NOT NULL, sql text NOT NULL,
  state text NOT NULL CHECK (state IN ('intent', 'done', 'failed', 'skipped', 'healed')),
  expect jsonb, backend jsonb, started_at timestamptz NOT NULL, finished_at timestamptz, rows bigint, progress jsonb, error jsonb,
  PRIMARY KEY (project, migration_id, attempt, direction, n))`,
    `CREATE TABLE IF NOT EXISTS ${fence} (project text PRIMARY KEY, token bigint NOT NULL)`,
    `CREATE TABLE IF NOT EXISTS ${lease} (
  project text PRIMARY KEY, token bigint NOT NULL, mode text NOT NULL, pid integer NOT NULL, owner jsonb NOT NULL, run_id text,
  acquired_at timestamptz NOT NULL, heartbeat_at timestamptz NOT NULL, ttl_ms integer NOT NULL, doing jsonb)`,
    `CREATE TABLE IF NOT EXISTS ${snapshot} (project text PRIMARY KEY, tag text NOT NULL, state_hash text NOT NULL, facts bytea NOT NULL, at timestamptz NOT NULL, run_id text NOT NULL)`,
    `INSERT INTO ${meta} (project, key, value) VALUES ('', 'db_uuid', gen_random_uuid()::text), ('', 'format', '1') ON CONFLICT DO NOTHING`,
  ]
}
