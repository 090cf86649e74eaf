/** One schema of the corpus and how it gets into an empty database. */
export interface CorpusSet {
  readonly name: string
  readonly kind: 'postgres' | 'sqlite' | 'mysql'
  /** What the host of the schema provides: roles, schemas, functions, settings. Run first. */
  readonly setup?: string
  readonly load: CorpusLoad
}

export type CorpusLoad =
  /** A directory that Yama reads as it is, and files of it that this engine refuses. */
  | { readonly by: 'yama'; readonly directory: string; readonly skip: readonly string[] }
  /** Files in the order of their own tool; `edit` takes out what only that tool or a richer server understands. */
  | { readonly by: 'files'; readonly files: readonly string[]; readonly edit?: (text: string) => string }
  /** A script for psql, run in its directory; for files that use psql's own commands. */
  | { readonly by: 'psql'; readonly directory: string; readonly script: string }

/** What a host such as Supabase has set up before the first migration runs. */
export const SUPABASE_SETUP = `
DO $$ DECLARE r text; BEGIN
  FOREACH r IN ARRAY ARRAY['anon', 'authenticated', 'service_role', 'supabase_admin', 'supabase_auth_admin', 'supabase_storage_admin', 'authenticator', 'dashboard_user'] LOOP
    BEGIN EXECUTE 'CREATE ROLE ' || r || ' NOLOGIN'; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
  END LOOP; END $$;
CREATE SCHEMA auth; CREATE SCHEMA extensions; CREATE SCHEMA vault;
CREATE TABLE auth.users (id uuid PRIMARY KEY, email text, raw_user_meta_data jsonb, created_at timestamptz);
CREATE FUNCTION auth.uid() RETURNS uuid LANGUAGE sql AS 'SELECT NULL::uuid';
CREATE FUNCTION auth.role() RETURNS text LANGUAGE sql AS 'SELECT NULL::text';
CREATE FUNCTION auth.jwt() RETURNS jsonb LANGUAGE sql AS 'SELECT NULL::jsonb';
CREATE EXTENSION pgcrypto WITH SCHEMA extensions; CREATE EXTENSION "uuid-ossp" WITH SCHEMA extensions;
CREATE PUBLICATION supabase_realtime;`

/** The placeholders that the runner of supabase/storage sets for each session. */
export const STORAGE_SETTINGS = `
DO $$ DECLARE pair text[]; BEGIN
  FOREACH pair SLICE 1 IN ARRAY ARRAY[['install_roles', 'true'], ['multitenant', 'false'], ['anon_role', 'anon'], ['authenticated_role', 'authenticated'],
    ['service_role', 'service_role'], ['super_user', 'postgres']] LOOP
    EXECUTE format('ALTER DATABASE %I SET storage.%s = %L', current_database(), pair[1], pair[2]);
  END LOOP; END $$;`
