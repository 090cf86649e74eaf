import type { Connection } from '@yama/core'
import type { FactBase, Scope } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { extract } from '../src/extract/extract.ts'
import { inEmptyDatabase, targets } from './schema-databases.ts'

const EVERYTHING: Scope = { schemas: [], include: [], exclude: [] }

/** Each is the only one of its kind: the statement that makes it, what it is known by, and what takes back what is no object: PGlite is one for all tests. */
const ALONE: readonly (readonly [sql: string, id: string, undo?: string])[] = [
  [`CREATE COLLATION c (provider = icu, locale = 'de')`, 'object:public.collation c'],
  ['CREATE TEXT SEARCH DICTIONARY d (template = simple)', 'object:public.text search dictionary d'],
  ['CREATE TEXT SEARCH CONFIGURATION c (COPY = simple)', 'object:public.text search configuration c'],
  ['CREATE TEXT SEARCH TEMPLATE t (lexize = dsimple_lexize)', 'object:public.text search template t'],
  [
    'CREATE TEXT SEARCH PARSER p (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype)',
    'object:public.text search parser p',
  ],
  [`CREATE CONVERSION c FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8`, 'object:public.conversion c'],
  ['CREATE OPERATOR === (function = int4eq, leftarg = integer, rightarg = integer)', 'object:public.operator === (integer, integer)'],
  ['CREATE OPERATOR FAMILY f USING btree', 'object:public.operator family f using btree'],
  ['CREATE ACCESS METHOD a TYPE TABLE HANDLER heap_tableam_handler', 'object:access method a'],
  ['CREATE FOREIGN DATA WRAPPER w', 'object:foreign data wrapper w'],
  ['CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w', 'object:server s'],
  [
    'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE FOREIGN TABLE f (a integer) SERVER s',
    'object:public.foreign table f',
  ],
  [
    'CREATE FOREIGN DATA WRAPPER w; CREATE SERVER s FOREIGN DATA WRAPPER w; CREATE USER MAPPING FOR PUBLIC SERVER s',
    'object:user mapping for public server s',
  ],
  ['CREATE CAST (integer AS xid) WITH INOUT', 'object:cast (integer AS xid)'],
  ['CREATE LANGUAGE l HANDLER plpgsql_call_handler', 'object:language l'],
  ['CREATE DOMAIN d AS integer', 'domain:public.d'],
  ['CREATE TYPE r AS RANGE (subtype = integer)', 'rangeType:public.r'],
  ['CREATE TYPE c AS (a integer)', 'compositeType:public.c'],
  ['CREATE VIEW v AS SELECT 1 AS a', 'view:public.v'],
  ['CREATE MATERIALIZED VIEW m AS SELECT 1 AS a', 'view:public.m'],
  ['CREATE SEQUENCE s', 'sequence:public.s'],
  [`CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'`, 'function:public.f()'],
  ['CREATE PUBLICATION p FOR ALL TABLES', 'publication:p'],
  ['CREATE TABLE t (a integer); CREATE POLICY p ON t', 'policy:public.t.p'],
  ['CREATE TABLE t (a integer, b integer); CREATE STATISTICS s ON a, b FROM t', 'statistics:public.s'],
  [
    `CREATE FUNCTION f() RETURNS event_trigger LANGUAGE plpgsql AS 'BEGIN END'; CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()`,
    'eventTrigger:e',
  ],
  ['CREATE TABLE t (a integer); GRANT SELECT ON t TO PUBLIC', 'grant:public.t.PUBLIC'],
  ['CREATE TABLE t (a integer); GRANT SELECT (a) ON t TO PUBLIC', 'grant:public.t.PUBLIC(a)'],
  ['CREATE TYPE e AS ENUM (); REVOKE USAGE ON TYPE e FROM PUBLIC', 'grant:public.e.PUBLIC'],
  [`CREATE FUNCTION f() RETURNS integer LANGUAGE sql AS 'SELECT 1'; REVOKE EXECUTE ON FUNCTION f() FROM PUBLIC`, 'grant:public.f().PUBLIC'],
  ['REVOKE USAGE ON LANGUAGE plpgsql FROM PUBLIC', 'change of privileges:languages', 'GRANT USAGE ON LANGUAGE plpgsql TO PUBLIC'],
  [
    'ALTER DEFAULT PRIVILEGES GRANT SELECT ON TABLES TO PUBLIC',
    'defaultPrivilege:',
    'ALTER DEFAULT PRIVILEGES REVOKE SELECT ON TABLES FROM PUBLIC',
  ],
]

describe.each(targets)('what there is at all on $name', (target) => {
  const idsAfter = async (sql: string, undo: string): Promise<readonly string[]> =>
    inEmptyDatabase(target, async (connection) => {
      await connection.execute(sql)
      const base = await extract(connection, EVERYTHING)
      if (undo !== '') await connection.execute(undo)
      return [...base.facts.keys(), ...base.unmanaged.map(({ kind, name }) => `${kind}:${name}`)]
    })

  it('is asked again where somebody makes the first of its kind meanwhile', async () => {
    const base = await inEmptyDatabase(target, async (connection): Promise<FactBase> => {
      let isMade = false
      const watched: Connection = {
        ...connection,
        batch: async (commands, options) => {
          const results = await connection.batch(commands, options)
          if (!isMade) await connection.execute('CREATE DOMAIN late AS integer; CREATE VIEW later AS SELECT 1 AS a')
          isMade = true
          return results
        },
      }
      return await extract(watched, EVERYTHING)
    })
    expect([...base.facts.keys()].filter((id) => /:public\.late/.test(id))).toEqual(['domain:public.late', 'view:public.later'])
  })

  it.each(ALONE.map(([sql, id, undo = '']) => [sql, id, undo] as const))('%s', async (sql, id, undo) => {
    const ids = await idsAfter(sql, undo)
    expect(
      ids.filter((found) => found.startsWith(id)),
      ids.join('\n'),
    ).not.toEqual([])
  })
})
