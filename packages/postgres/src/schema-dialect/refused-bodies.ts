import type { Connection } from '@yama/core'
import { objectId, type FactId, type Scope } from '@yama/schema'
import { notOfExtension, queryScope } from '../extract/query-scope.ts'

/**
 * Asks each language's own validator, as CREATE FUNCTION does, under the settings of the routine; what it sets is undone with the block. One whose
 * validator the role may not call counts as good: whoever makes it will hear.
 */
const ask = (namespaces: string): string => `DO $yama$
DECLARE
  routine record;
  setting text;
  refused oid[] := '{}';
BEGIN
  FOR routine IN SELECT p.oid, p.proconfig, l.lanvalidator FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_language l ON l.oid = p.prolang
      WHERE p.pronamespace IN (${namespaces}) AND p.prokind IN ('f', 'p') AND l.lanname IN ('sql', 'plpgsql') AND ${notOfExtension('pg_proc', 'p.oid')} LOOP
    BEGIN
      FOREACH setting IN ARRAY coalesce(routine.proconfig, '{}') LOOP
        PERFORM pg_catalog.set_config(pg_catalog.split_part(setting, '=', 1), pg_catalog.substr(setting, pg_catalog.strpos(setting, '=') + 1), true);
      END LOOP;
      EXECUTE pg_catalog.format('SELECT %s(%s)', routine.lanvalidator::pg_catalog.regproc, routine.oid);
      RAISE EXCEPTION USING ERRCODE = 'YA000';
    EXCEPTION
      WHEN SQLSTATE 'YA000' OR insufficient_privilege THEN NULL;
      WHEN others THEN refused := refused || routine.oid;
    END;
  END LOOP;
  PERFORM pg_catalog.set_config('yama.refused', refused::text, true);
END
$yama$`

const NAMES = `SELECT n.nspname AS schema, p.proname || '(' || coalesce((SELECT string_agg(format_type(k.t, NULL), ', ' ORDER BY k.o) FROM unnest(p.proargtypes::oid[]) WITH ORDINALITY k(t, o)), '') || ')' AS name
  FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace WHERE p.oid = ANY (current_setting('yama.refused')::oid[])`

/** Routines that the server would not make again. In one read-only transaction, two statements and their settings. */
export async function refusedBodies(connection: Connection, scope: Scope): Promise<ReadonlySet<FactId>> {
  const { namespaces } = queryScope(scope, connection.server.major)
  const commands = ['SET TRANSACTION READ ONLY', ask(namespaces), 'SET LOCAL search_path = pg_catalog', NAMES].map((sql) => ({ sql }))
  const results = await connection.batch(commands, { transaction: true })
  return new Set((results.at(-1)?.rows ?? []).map(({ schema, name }) => objectId('function', String(schema), String(name))))
}
