import { expect, test } from 'vitest'
import { needsSession } from './needs-session.ts'

test.each([
  'SET search_path = app',
  "set session role 'x'",
  'RESET ALL',
  '-- from a dump\nSET statement_timeout = 0',
  "SELECT pg_catalog.set_config('search_path', '', false)",
  'select set_config($$a$$, $$b$$, not true)',
  'LISTEN jobs',
  'PREPARE p AS SELECT 1',
  'DECLARE c CURSOR WITH HOLD FOR SELECT 1',
  'CREATE TEMP TABLE t (a int)',
  'CREATE LOCAL TEMPORARY TABLE t AS SELECT 1',
  'SELECT pg_advisory_lock(1)',
  "LOAD 'auto_explain'",
])('%s needs a session of its own', (sql) => {
  expect(needsSession(sql)).toEqual(expect.any(String))
})

test.each([
  'SET LOCAL search_path = app',
  'SET CONSTRAINTS ALL DEFERRED',
  'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
  "SELECT set_config('app.x', '1', true)",
  'CREATE TEMP TABLE t (a int) ON COMMIT DROP',
  'CREATE TABLE temporary_things (a int)',
  'SELECT pg_advisory_xact_lock(1)',
  "INSERT INTO t VALUES ('SET x')",
  'DECLARE c CURSOR FOR SELECT 1',
  'ALTER TABLE t SET SCHEMA app',
  'ALTER DATABASE d SET search_path = app',
  "COMMENT ON TABLE t IS 'set_config(a, b, false)'",
  '',
])('%s does not', (sql) => {
  expect(needsSession(sql)).toBeUndefined()
})
