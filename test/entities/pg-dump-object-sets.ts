import type { ObjectSet } from './postgres-object-sets.ts'

const TABLE = `CREATE TABLE test_table (col1 serial PRIMARY KEY, col2 text, col3 text); CREATE INDEX by_col2 ON test_table (col2);`

const MEASUREMENT = `CREATE FUNCTION trigger_func() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
  CREATE TABLE measurement (city_id serial NOT NULL, logdate date NOT NULL, unitsales int) PARTITION BY RANGE (logdate);
  CREATE TRIGGER test_trigger AFTER INSERT ON measurement FOR EACH ROW EXECUTE FUNCTION trigger_func();
  CREATE TABLE measurement_m3 PARTITION OF measurement FOR VALUES FROM ('2006-03-01') TO ('2006-04-01');`

/** After what PostgreSQL's own test of pg_dump makes, src/bin/pg_dump/t/002_pg_dump.pl, the PostgreSQL Licence. */
export const pgDumpObjectSets: readonly ObjectSet[] = [
  {
    title: 'the index that a table is clustered on, and the one that stands for a row',
    states: [
      `${TABLE} ALTER TABLE test_table CLUSTER ON test_table_pkey; ALTER TABLE test_table REPLICA IDENTITY USING INDEX test_table_pkey;`,
      `${TABLE} ALTER TABLE test_table CLUSTER ON by_col2; ALTER TABLE test_table REPLICA IDENTITY FULL;`,
    ],
    says: ['clustered'],
  },
  {
    title: 'how closely the server looks at the expressions of an index',
    states: [
      `CREATE TABLE t (col1 int, col2 int); CREATE INDEX with_stats ON t ((col1 + 1), col1, (col2 + 1));
      ALTER INDEX with_stats ALTER COLUMN 1 SET STATISTICS 400; ALTER INDEX with_stats ALTER COLUMN 3 SET STATISTICS 500;`,
      `CREATE TABLE t (col1 int, col2 int); CREATE INDEX with_stats ON t ((col1 + 1), col1, (col2 + 1));
      ALTER INDEX with_stats ALTER COLUMN 3 SET STATISTICS 7;`,
    ],
    says: ['statistics: "1=400, 3=500"', 'statistics: 3=7'],
  },
  {
    title: 'defaults and options of the columns of views',
    states: [
      `${TABLE} CREATE SEQUENCE numbers; CREATE VIEW test_view AS SELECT col1, col2 FROM test_table; ALTER VIEW test_view ALTER COLUMN col1 SET DEFAULT nextval('numbers');
      COMMENT ON COLUMN test_view.col1 IS 'counted'; CREATE MATERIALIZED VIEW held AS SELECT col1, col2 FROM test_table;
      ALTER MATERIALIZED VIEW held ALTER COLUMN col2 SET STORAGE EXTERNAL; ALTER MATERIALIZED VIEW held ALTER COLUMN col1 SET STATISTICS 80;
      ALTER MATERIALIZED VIEW held ALTER COLUMN col1 SET (n_distinct = 7);`,
      `${TABLE} CREATE VIEW test_view AS SELECT col1, col2, col3 FROM test_table; ALTER VIEW test_view ALTER COLUMN col2 SET DEFAULT 'it''s';
      CREATE MATERIALIZED VIEW held AS SELECT col1, col2 FROM test_table; ALTER MATERIALIZED VIEW held ALTER COLUMN col1 SET STATISTICS 5;`,
    ],
    says: ['doc: counted', "default: nextval('public.numbers'::regclass)", 'storage: external', 'attributes: n_distinct=7'],
  },
  {
    title: 'triggers that fire otherwise on some partitions',
    states: [
      `${MEASUREMENT} CREATE TABLE measurement_m4 PARTITION OF measurement FOR VALUES FROM ('2006-04-01') TO ('2006-05-01');
      ALTER TABLE measurement_m3 DISABLE TRIGGER test_trigger; ALTER TABLE measurement_m4 ENABLE ALWAYS TRIGGER test_trigger;`,
      `${MEASUREMENT} ALTER TABLE measurement DISABLE TRIGGER test_trigger; ALTER TABLE measurement_m3 ENABLE TRIGGER test_trigger;
      CREATE TABLE measurement_m5 (LIKE measurement);`,
    ],
    says: ['measurement_m3: disabled', 'measurement_m4: always', 'measurement_m3: enabled'],
  },
  {
    title: 'privileges on wrappers and servers',
    states: [
      `CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER s1 FOREIGN DATA WRAPPER dummy; GRANT USAGE ON FOREIGN DATA WRAPPER dummy TO PUBLIC;`,
      `CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER s1 FOREIGN DATA WRAPPER dummy; GRANT USAGE ON FOREIGN SERVER s1 TO PUBLIC;
      REVOKE ALL ON FOREIGN DATA WRAPPER dummy FROM CURRENT_USER;`,
    ],
    says: ['foreign data wrapper dummy', 'server s1'],
  },
  {
    title: 'a foreign table with a trigger, and a table in its place',
    states: [
      `CREATE SCHEMA app; CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER s1 FOREIGN DATA WRAPPER dummy; CREATE FOREIGN TABLE t (c1 int) SERVER s1; CREATE FOREIGN TABLE app.u (c1 int) SERVER s1;
      CREATE FUNCTION trigger_func() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
      CREATE TRIGGER before_t BEFORE INSERT ON t FOR EACH ROW EXECUTE FUNCTION trigger_func(); CREATE TRIGGER before_u BEFORE INSERT ON app.u FOR EACH ROW EXECUTE FUNCTION trigger_func();`,
      `CREATE SCHEMA app; CREATE FOREIGN DATA WRAPPER dummy; CREATE SERVER s1 FOREIGN DATA WRAPPER dummy; CREATE TABLE t (c1 int); CREATE VIEW app.u AS SELECT 1 AS c1;`,
    ],
    says: ['on: foreign table t', 'on: foreign table app.u'],
  },
  {
    title: 'publications of a table without its children, and of rows by a column that gets another type',
    states: [
      `CREATE TABLE par (a int); CREATE TABLE chi () INHERITS (par); CREATE TABLE t (a int PRIMARY KEY, b int); CREATE PUBLICATION pu FOR TABLE ONLY par, t WHERE (a > 1);`,
      `CREATE TABLE par (a int); CREATE TABLE chi () INHERITS (par); CREATE TABLE t (a bigint PRIMARY KEY, c int); CREATE PUBLICATION pu FOR TABLE par, t (a, c) WHERE (a > 2);`,
    ],
    needs: (connection) => Promise.resolve((connection.server.major ?? 0) >= 15),
    says: ['table: public.t'],
  },
  {
    title: 'children that declare a generated column of their parent',
    states: [
      `CREATE TABLE p (a integer PRIMARY KEY, b integer GENERATED ALWAYS AS (a * 2) STORED); CREATE TABLE c () INHERITS (p);`,
      `CREATE TABLE p (a integer PRIMARY KEY, b integer GENERATED ALWAYS AS (a * 2) STORED); CREATE TABLE c (a integer, b integer) INHERITS (p);`,
    ],
    says: ['inherits: [ P ]'],
  },
  {
    title: 'access methods of partitioned tables and their partitions',
    states: [
      `CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE p (id int) PARTITION BY LIST (id); ALTER TABLE p SET ACCESS METHOD heap_again;
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2) USING heap;`,
      `CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE p (id int) PARTITION BY LIST (id);
      CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1) USING heap_again; CREATE TABLE p2 PARTITION OF p FOR VALUES IN (2);`,
    ],
    needs: (connection) => Promise.resolve((connection.server.major ?? 0) >= 17),
    says: ['accessMethod: heap_again', 'accessMethod: heap'],
  },
  {
    title: 'an event trigger that refuses what its own change would do',
    states: [
      `CREATE FUNCTION refuse() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'command % is disabled', tg_tag; END $$; CREATE TABLE t (a integer);
      CREATE EVENT TRIGGER first_guard ON ddl_command_start EXECUTE FUNCTION refuse();`,
      `CREATE FUNCTION refuse_too() RETURNS event_trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'command % is disabled', tg_tag; END $$; CREATE TABLE u (a integer);
      CREATE EVENT TRIGGER other_guard ON ddl_command_start EXECUTE FUNCTION refuse_too();`,
    ],
    says: ['first_guard:'],
  },
  {
    title: 'a function in standard SQL that gives back the rows of a table which loses a column',
    states: [
      `CREATE TABLE ordering_table (id int PRIMARY KEY, data int, more text);
      CREATE FUNCTION ordering_func() RETURNS SETOF ordering_table LANGUAGE sql BEGIN ATOMIC SELECT * FROM ordering_table GROUP BY id ORDER BY more; END;`,
      `CREATE TABLE ordering_table (id int PRIMARY KEY, data int);
      CREATE FUNCTION ordering_func() RETURNS SETOF ordering_table LANGUAGE sql BEGIN ATOMIC SELECT * FROM ordering_table GROUP BY id; END;`,
    ],
    says: ['ordering_func'],
  },
  {
    title: 'text search',
    states: [
      `CREATE SCHEMA app; CREATE TEXT SEARCH CONFIGURATION app.words (COPY = english); CREATE TEXT SEARCH DICTIONARY app.plain (TEMPLATE = simple, STOPWORDS = english);
      ALTER TEXT SEARCH CONFIGURATION app.words ALTER MAPPING FOR word, asciiword WITH app.plain, english_stem; COMMENT ON TEXT SEARCH CONFIGURATION app.words IS 'ours';
      CREATE TABLE t (a text); CREATE INDEX t_a ON t USING gin (to_tsvector('app.words', a));
      CREATE TEXT SEARCH TEMPLATE own_template (init = dsimple_init, lexize = dsimple_lexize);
      CREATE TEXT SEARCH PARSER own_parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, lextypes = prsd_lextype);`,
      `CREATE SCHEMA app; CREATE TEXT SEARCH CONFIGURATION app.words (COPY = english); ALTER TEXT SEARCH CONFIGURATION app.words DROP MAPPING FOR email, "float";
      CREATE TABLE t (a text); CREATE INDEX t_a ON t USING gin (to_tsvector('app.words', a)); CREATE TEXT SEARCH TEMPLATE own_template (lexize = dsimple_lexize);
      CREATE TEXT SEARCH PARSER own_parser (start = prsd_start, gettoken = prsd_nexttoken, end = prsd_end, headline = prsd_headline, lextypes = prsd_lextype);
      CREATE TEXT SEARCH DICTIONARY by_own (TEMPLATE = own_template); CREATE TEXT SEARCH CONFIGURATION other (PARSER = own_parser);`,
    ],
    says: ['text search configuration words:', 'asciiword: app.plain, english_stem', 'text search dictionary plain:', 'doc: ours'],
  },
  {
    title: 'operators with their classes and families',
    states: [
      `CREATE OPERATOR FAMILY op_family USING btree; CREATE OPERATOR CLASS op_class FOR TYPE bigint USING btree FAMILY op_family AS OPERATOR 1 <, OPERATOR 2 <=, OPERATOR 3 =, OPERATOR 4 >=, OPERATOR 5 >,
        FUNCTION 1 btint8cmp(bigint, bigint), FUNCTION 2 btint8sortsupport(internal);
      ALTER OPERATOR FAMILY op_family USING btree ADD OPERATOR 1 <(bigint, int4), FUNCTION 1 (bigint, int4) btint84cmp(bigint, int4); CREATE OPERATOR CLASS op_class_empty FOR TYPE bigint USING btree FAMILY op_family AS STORAGE bigint; CREATE TABLE t (a bigint); CREATE INDEX ti ON t (a op_class DESC);
      CREATE OPERATOR ~~~ (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int, COMMUTATOR = ~~~, NEGATOR = !~~~, RESTRICT = eqsel, JOIN = eqjoinsel, HASHES, MERGES);
      CREATE OPERATOR !~~~ (FUNCTION = int4ne, LEFTARG = int, RIGHTARG = int, NEGATOR = ~~~); COMMENT ON OPERATOR ~~~ (int, int) IS 'like that'; CREATE VIEW v AS SELECT 1 ~~~ 2 AS same;`,
      `CREATE OPERATOR ~~~ (FUNCTION = int4eq, LEFTARG = int, RIGHTARG = int); CREATE OPERATOR CLASS op_class_custom FOR TYPE int USING btree AS OPERATOR 3 ~~~;
      CREATE TYPE range_type_custom AS RANGE (subtype = int, subtype_opclass = op_class_custom); CREATE TABLE t (a bigint); CREATE INDEX ti ON t (a);`,
    ],
    says: [
      'operator family op_family using btree:',
      'operator class op_class using btree:',
      'operator ~~~ (integer, integer):',
      'doc: like that',
    ],
  },
  {
    title: 'casts, conversions, languages, transforms and access methods',
    states: [
      `CREATE CAST (timestamptz AS interval) WITH FUNCTION age(timestamptz) AS ASSIGNMENT; COMMENT ON CAST (timestamptz AS interval) IS 'since then';
      CREATE DEFAULT CONVERSION test_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; CREATE TRANSFORM FOR int LANGUAGE sql (FROM SQL WITH FUNCTION prsd_lextype(internal));
      CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler; CREATE TABLE t (a integer, b text) USING heap_again; CREATE INDEX t_a ON t (a);
      CREATE ACCESS METHOD gist2 TYPE INDEX HANDLER gisthandler; CREATE VIEW t_b AS SELECT b FROM t;`,
      `CREATE CAST (timestamptz AS interval) WITH FUNCTION age(timestamptz) AS IMPLICIT; CREATE CAST (json AS bytea) WITH INOUT;
      CREATE CONVERSION test_conversion FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8; CREATE ACCESS METHOD heap_again TYPE TABLE HANDLER heap_tableam_handler;
      CREATE TABLE t (a integer, b text); CREATE TABLE u (a integer) USING heap_again;`,
    ],
    says: [
      'cast (timestamp with time zone AS interval):',
      'conversion test_conversion:',
      'transform for integer language sql:',
      'access method heap_again:',
      'doc: since then',
    ],
  },
  {
    title: 'a language with a function in it, and who may use it',
    states: [
      `CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'; CREATE FUNCTION look(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
      CREATE LANGUAGE testlang HANDLER handler; CREATE FUNCTION f() RETURNS int LANGUAGE testlang AS $$ BEGIN RETURN 1; END $$;`,
      `CREATE FUNCTION handler() RETURNS language_handler LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_call_handler'; CREATE FUNCTION look(oid) RETURNS void LANGUAGE c AS '$libdir/plpgsql', 'plpgsql_validator';
      CREATE TRUSTED LANGUAGE testlang HANDLER handler VALIDATOR look; REVOKE USAGE ON LANGUAGE testlang FROM PUBLIC;`,
    ],
    says: ['language testlang:', 'on: [ language testlang ]'],
  },
  {
    title: 'what has no place in entities is named',
    states: [
      `CREATE TYPE undefined; CREATE FUNCTION reads(undefined) RETURNS cstring LANGUAGE internal AS 'int4out';
      REVOKE EXECUTE ON FUNCTION pg_sleep(float8) FROM PUBLIC;`,
      `CREATE TYPE undefined; CREATE FUNCTION reads(undefined) RETURNS cstring LANGUAGE internal AS 'int4out'; CREATE TABLE t (a integer);`,
    ],
    says: ['entities:'],
    leaves: `GRANT EXECUTE ON FUNCTION pg_sleep(float8) TO PUBLIC;`,
    unmanaged: ['function public.reads(public.undefined)', 'change of privileges functions of pg_catalog', 'shell type public.undefined'],
  },
]
