import { execFileSync } from 'node:child_process'
import { readFileSync, readdirSync, mkdtempSync, writeFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SERVER_URL } from './local-server.ts'

export const CORPUS = process.env['YAMA_CORPUS_DIR']

/** A schema of the corpus: files in the order of their own tool. */
export interface CorpusSchema {
  readonly name: string
  readonly files: readonly string[]
  /** SQL run before them: what the host provides. */
  readonly stubs?: string
  readonly edit?: (text: string) => string
}

const natural = new Intl.Collator('en', { numeric: true }).compare
const sqlIn = (directory: string, accept: (name: string) => boolean = (name) => name.endsWith('.sql')): string[] =>
  readdirSync(directory)
    .filter(accept)
    .sort(natural)
    .map((name) => join(directory, name))
const upBefore = (text: string): string => text.split(/^--\s*\+migrate Down/m)[0] ?? ''

const SUPABASE = `
DO $$ DECLARE r text; BEGIN
  FOREACH r IN ARRAY ARRAY['anon', 'authenticated', 'service_role', 'supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin', 'authenticator', 'dashboard_user'] LOOP
    BEGIN EXECUTE 'CREATE ROLE ' || r || ' NOLOGIN'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END LOOP; END $$;
CREATE SCHEMA auth; CREATE SCHEMA extensions; CREATE SCHEMA IF NOT EXISTS vault;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, raw_user_meta_data jsonb, created_at timestamptz);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb';
CREATE EXTENSION IF NOT EXISTS pgcrypto WITH SCHEMA extensions; CREATE EXTENSION IF NOT EXISTS "uuid-ossp" WITH SCHEMA extensions;
CREATE PUBLICATION supabase_realtime;`

const STORAGE_SETTINGS = `SET storage.install_roles = 'true'; SET storage.multitenant = 'false'; SET storage.anon_role = 'anon'; SET storage.authenticated_role = 'authenticated';
SET storage.service_role = 'service_role'; SET storage.super_user = 'postgres';\n`

/** Every PostgreSQL schema of the corpus that lies in plain files. */
export function corpusSchemas(corpus: string): readonly CorpusSchema[] {
  const at = (...parts: string[]): string => join(corpus, ...parts)
  const directories = (directory: string): string[] =>
    readdirSync(directory, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
      .sort()
  const schemas: CorpusSchema[] = [
    { name: 'sakila', files: [at('sakila-jooq/postgres/postgres-sakila-schema.sql')] },
    ...readdirSync(at('chinook'))
      .filter((name) => name.includes('PostgreSql'))
      .map((name) => ({
        name: `chinook ${name}`,
        files: [at('chinook', name)],
        edit: (text: string) => text.replaceAll(/^(DROP|CREATE) DATABASE.*$/gm, '').replaceAll(/^\\c .*$/gm, ''),
      })),
    { name: 'conductor', files: sqlIn(at('conductor-flyway/postgres-persistence/migration_postgres')) },
    { name: 'conductor-scheduler', files: sqlIn(at('conductor-flyway/scheduler/postgres-persistence/migration_scheduler')) },
    {
      name: 'crates-io',
      files: directories(at('crates-io-diesel/migrations'))
        .sort((a, b) => (a.replaceAll(/\D/g, '').slice(0, 14) < b.replaceAll(/\D/g, '').slice(0, 14) ? -1 : 1))
        .map((name) => at('crates-io-diesel/migrations', name, 'up.sql')),
    },
    { name: 'gitness', files: sqlIn(at('gitness-golang-migrate/postgres'), (name) => name.endsWith('.up.sql')) },
    ...sqlIn(at('history-memos/postgres')).map((file) => ({ name: `history-memos ${file.split('/').pop()}`, files: [file] })),
    ...sqlIn(at('history-temporal/postgres')).map((file) => ({ name: `history-temporal ${file.split('/').pop()}`, files: [file] })),
    ...sqlIn(at('history-temporal/postgres-visibility')).map((file) => ({
      name: `history-visibility ${file.split('/').pop()}`,
      files: [file],
    })),
    { name: 'homarr', files: sqlIn(at('homarr-drizzle/postgresql')) },
    { name: 'kestra', files: sqlIn(at('kestra-flyway/postgres')) },
    { name: 'kratos', files: kratosFiles(at('kratos-pop/sql')) },
    {
      name: 'liam',
      stubs: SUPABASE,
      files: sqlIn(at('liam-supabase/supabase/migrations')),
      edit: (text) =>
        text
          .replaceAll(/^create extension.*(pg_net|vector|pg_graphql|supabase_vault|pg_stat_statements|pgjwt|pgsodium).*$/gim, '')
          .replaceAll(/("?(extensions|public)"?\.)?"?vector"?\(\d+\)/g, 'real[]')
          .replaceAll(/^(begin|commit);\s*$/gim, ''),
    },
    { name: 'memos latest', files: [at('memos/postgres/LATEST.sql')] },
    { name: 'pocket-id', files: sqlIn(at('pocket-id-golang-migrate/postgres'), (name) => name.endsWith('.up.sql')) },
    { name: 'stellar-horizon', files: sqlIn(at('stellar-horizon-sql-migrate/migrations')), edit: upBefore },
    { name: 'supabase-storage', stubs: SUPABASE, files: sqlIn(at('supabase-storage/tenant')), edit: (text) => STORAGE_SETTINGS + text },
    {
      name: 'supabase-storage multitenant',
      stubs: SUPABASE,
      files: sqlIn(at('supabase-storage/multitenant')),
      edit: (text) => STORAGE_SETTINGS + text,
    },
    {
      name: 'synapse',
      files: ['common', 'main', 'state'].flatMap((part) =>
        sqlIn(at('synapse-deltas', part, 'full_schemas/72'), (name) => name === 'full.sql.postgres'),
      ),
    },
    { name: 'temporal', files: [at('temporal/postgresql/v12/temporal/schema.sql')] },
    { name: 'temporal visibility', files: [at('temporal/postgresql/v12/visibility/schema.sql')] },
    {
      name: 'umami',
      files: directories(at('umami-prisma/prisma/migrations')).map((name) => at('umami-prisma/prisma/migrations', name, 'migration.sql')),
    },
  ]
  return schemas
}

/** A file for PostgreSQL wins over the generic one of the same version. */
function kratosFiles(directory: string): readonly string[] {
  const byVersion = new Map<string, { file: string; special: boolean }>()
  for (const name of readdirSync(directory)) {
    const parsed = /^(\d+_.*?)(?:\.(postgres|mysql|sqlite3?|cockroach))?(?:\.autocommit)?\.up\.sql$/.exec(name)
    if (parsed === null || (parsed[2] !== undefined && parsed[2] !== 'postgres')) continue
    const version = parsed[1] ?? ''
    if (parsed[2] === 'postgres' || !(byVersion.get(version)?.special ?? false))
      byVersion.set(version, { file: join(directory, name), special: parsed[2] === 'postgres' })
  }
  return [...byVersion.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { file }]) => file)
}

/** Applies every file with psql, in order; what a plain server refuses is returned, not hidden. */
export function load(schema: CorpusSchema, database: string): readonly string[] {
  const directory = mkdtempSync(join(tmpdir(), 'yama-corpus-'))
  const url = new URL(SERVER_URL)
  url.pathname = `/${database}`
  const refused: string[] = []
  const run = (text: string, name: string): void => {
    const file = join(directory, 'file.sql')
    writeFileSync(file, text)
    try {
      execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-1', '-f', file, url.href], { stdio: ['ignore', 'ignore', 'pipe'] })
    } catch (error) {
      const message = String((error as { stderr?: Buffer }).stderr ?? error)
      if (/cannot run inside a transaction block|unsafe use of new value/.test(message)) {
        try {
          execFileSync('psql', ['-X', '-q', '-v', 'ON_ERROR_STOP=1', '-f', file, url.href], { stdio: ['ignore', 'ignore', 'pipe'] })
        } catch (again) {
          refused.push(`${name}: ${String((again as { stderr?: Buffer }).stderr).trim()}`)
        }
      } else refused.push(`${name}: ${message.trim().slice(0, 200)}`)
    }
  }
  if (schema.stubs !== undefined) run(schema.stubs, 'stubs')
  for (const file of schema.files) run((schema.edit ?? ((text) => text))(readFileSync(file, 'utf8')), file.slice(file.lastIndexOf('/') + 1))
  rmSync(directory, { recursive: true })
  return refused
}
