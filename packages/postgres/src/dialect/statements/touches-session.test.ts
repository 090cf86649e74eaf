import { describe, expect, it } from 'vitest'
import { touchesSession } from './touches-session.ts'

describe('whether a statement may leave a setting of the session otherwise', () => {
  it.each([
    'SET search_path = app',
    'set session characteristics as transaction read only',
    '-- from a dump\nSET statement_timeout = 0',
    '/* a */ RESET ALL',
    'DISCARD ALL',
    "SELECT pg_catalog.set_config('search_path', '', false)",
    'DO $$ BEGIN SET search_path TO app; END $$',
    "DO $$ BEGIN IF true THEN EXECUTE 'SET ROLE app'; END IF; END $$",
    'CALL change_everything()',
    'CREATE TEMP TABLE t (a int)',
    '/* a */ create or replace local temporary view v as select 1',
    'CREATE TABLE pg_temp.t (a int)',
    'SELECT 1 AS a INTO TEMPORARY t',
    'DO $$ BEGIN CREATE TEMP TABLE t (a int); END $$',
    'PREPARE p AS SELECT 1',
  ])('%s: yes', (sql) => expect(touchesSession(sql)).toBe(true))

  it.each([
    'SET LOCAL search_path = app',
    'SET CONSTRAINTS ALL DEFERRED',
    'SET TRANSACTION ISOLATION LEVEL SERIALIZABLE',
    "INSERT INTO t VALUES ('SET x = 1; set_config(1)')",
    'UPDATE t SET a = 1',
    "CREATE FUNCTION f() RETURNS void LANGUAGE sql SET search_path = app AS $$ SELECT set_config('a.b', 'c', false) $$",
    'DO $$ BEGIN UPDATE t SET a = 1; EXCEPTION WHEN duplicate_object THEN NULL; END $$',
    'SELECT 1',
    'CREATE TABLE temporary_things (a int)',
    "PREPARE TRANSACTION 'x'",
    '',
    `-- yama:note\n${' '.repeat(60)}(SELECT 1)`,
  ])('%s: no', (sql) => expect(touchesSession(sql)).toBe(false))
})
