import type { Connection } from '@yama/core'

export interface ObjectSet {
  readonly title: string
  /** Each is made in an empty database. */
  readonly states: readonly [first: string, second: string]
  /** What the server must have. */
  readonly needs?: (connection: Connection) => Promise<boolean>
  /** Words of the entity files. */
  readonly says: readonly string[]
  readonly never?: readonly string[]
  /** Takes away what the set has made outside of the schemas: PGlite is one database for all tests. */
  readonly leaves?: string
  readonly unmanaged?: readonly string[]
}

const READING = `CREATE TABLE reading (id integer NOT NULL, at date NOT NULL, kind text, CONSTRAINT reading_key PRIMARY KEY (id, at)) PARTITION BY RANGE (at);`

export const objectSets: readonly ObjectSet[] = [
  {
    title: 'indexes and keys of partitions have names of their own',
    states: [
      `${READING}
      CREATE INDEX reading_kind ON reading (kind);
      CREATE TABLE reading_a PARTITION OF reading FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
      ALTER INDEX reading_a_kind_idx RENAME TO by_kind; ALTER INDEX reading_a_pkey RENAME TO key_of_a;
      CREATE TABLE reading_b PARTITION OF reading DEFAULT PARTITION BY LIST (id);
      CREATE TABLE reading_b1 PARTITION OF reading_b FOR VALUES IN (7);
      ALTER INDEX reading_b1_kind_idx RENAME TO seven;
      CREATE INDEX reading_lower ON reading (lower(kind)); ALTER INDEX reading_a_lower_idx RENAME TO lower_of_a;`,
      `${READING}
      CREATE TABLE reading_a (id integer NOT NULL, at date NOT NULL, kind text, CONSTRAINT brought PRIMARY KEY (id, at));
      CREATE INDEX brought_kind ON reading_a (kind);
      CREATE TABLE reading_b PARTITION OF reading DEFAULT PARTITION BY LIST (id);
      CREATE TABLE reading_b1 PARTITION OF reading_b FOR VALUES IN (7);
      CREATE INDEX reading_kind ON reading (kind);
      ALTER TABLE reading ATTACH PARTITION reading_a FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');`,
    ],
    says: ['reading_kind: by_kind', 'reading_key: key_of_a', 'reading_kind: seven', 'reading_key: brought'],
  },
  {
    title: 'collations, and what reaches other databases',
    states: [
      `CREATE COLLATION posix (locale = 'POSIX'); COMMENT ON COLLATION posix IS 'by bytes';
      CREATE TABLE word (text text COLLATE posix);
      CREATE FOREIGN DATA WRAPPER files OPTIONS (debug 'true'); CREATE SERVER archive TYPE 'old' VERSION '1' FOREIGN DATA WRAPPER files OPTIONS (host 'one', password 'never read');
      CREATE USER MAPPING FOR PUBLIC SERVER archive OPTIONS ("user" 'reader', password 'never read');
      CREATE FOREIGN TABLE film (id integer OPTIONS (column_name 'nr') NOT NULL, title text COLLATE "C" DEFAULT 'it''s', CONSTRAINT positive CHECK (id > 0)) SERVER archive OPTIONS (file 'films');
      COMMENT ON FOREIGN TABLE film IS 'elsewhere'; COMMENT ON COLUMN film.title IS 'as on the poster'; GRANT SELECT ON film TO PUBLIC; GRANT UPDATE (title) ON film TO PUBLIC;
      CREATE VIEW films AS SELECT title FROM film; GRANT SELECT (title) ON films TO PUBLIC;`,
      `CREATE SCHEMA app; CREATE COLLATION app.posix (lc_collate = 'C', lc_ctype = 'POSIX');
      CREATE FOREIGN DATA WRAPPER files; CREATE SERVER archive TYPE 'old' VERSION '2' FOREIGN DATA WRAPPER files OPTIONS (host 'two', port '1');
      CREATE USER MAPPING FOR PUBLIC SERVER archive OPTIONS ("user" 'writer');
      CREATE FOREIGN TABLE film (id bigint, title text) SERVER archive; COMMENT ON COLUMN film.id IS 'a number';
      CREATE TABLE reel (id integer, kind text) PARTITION BY LIST (kind); CREATE FOREIGN TABLE reel_old PARTITION OF reel FOR VALUES IN ('old') SERVER archive;`,
    ],
    says: [
      'collation posix:',
      'server archive:',
      'user mapping for public server archive:',
      'host: two',
      'foreign table reel_old:',
      'column title of table film',
      'column title of view films',
      'title: as on the poster',
    ],
    never: ['never read'],
  },
  {
    title: 'keys twice over the same columns, a table without columns',
    states: [
      `CREATE TABLE k (a integer PRIMARY KEY, b integer UNIQUE, c box, CONSTRAINT again UNIQUE (a)); ALTER TABLE k ADD UNIQUE (a); ALTER TABLE k ADD UNIQUE (b);
      ALTER TABLE k ADD UNIQUE (a, b) INCLUDE (c); ALTER TABLE k ADD UNIQUE (a, b) INCLUDE (c); CREATE TABLE nothing ();`,
      `CREATE TABLE k (a integer, b integer, c box, CONSTRAINT again UNIQUE (a)); ALTER TABLE k ADD CONSTRAINT third UNIQUE (a) DEFERRABLE; CREATE TABLE nothing (a integer);`,
    ],
    says: ['fields: {}', 'again'],
  },
  {
    title: 'children that say columns of their parents again, and have keys over them',
    states: [
      `CREATE TABLE p (a integer PRIMARY KEY, b integer DEFAULT 1); CREATE TABLE c (a integer NOT NULL, b integer DEFAULT 1); ALTER TABLE c INHERIT p;
      CREATE TABLE q (a integer NOT NULL, b integer DEFAULT 2); CREATE TABLE two_parents (b integer DEFAULT 3) INHERITS (p, q);
      CREATE TABLE e (PRIMARY KEY (a)) INHERITS (q); CREATE TABLE f (id integer PRIMARY KEY, e integer REFERENCES e (a));`,
      `CREATE TABLE p (a integer, z integer DEFAULT 4); CREATE TABLE g (z integer DEFAULT 5, w integer UNIQUE) INHERITS (p);`,
    ],
    says: ['b: int? = 3'],
  },
  {
    title: 'children that say anew how a column of their parents is generated',
    states: [
      `CREATE TABLE p (a integer PRIMARY KEY, b integer GENERATED ALWAYS AS (a * 2) STORED);
      CREATE TABLE c (a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 2) STORED); ALTER TABLE c INHERIT p;
      CREATE TABLE q (a integer NOT NULL, b integer GENERATED ALWAYS AS (a * 3) STORED);
      CREATE TABLE two_parents (b integer GENERATED ALWAYS AS (a * 4) STORED) INHERITS (p, q);`,
      `CREATE TABLE p (a integer);`,
    ],
    needs: (connection) => Promise.resolve((connection.server.major ?? 0) >= 16),
    says: ['(a * 4)'],
  },
  {
    title: 'what stands on a table that is not carried',
    states: [
      `CREATE TYPE pair AS (a integer, b text); CREATE TABLE t OF pair; CREATE INDEX t_a ON t (a); CREATE VIEW t_b AS SELECT b FROM t; CREATE TABLE u (a integer);`,
      `CREATE TYPE pair AS (a integer, b text); CREATE TABLE t OF pair; CREATE INDEX t_a ON t (a); CREATE VIEW t_b AS SELECT b FROM t; CREATE TABLE u (a bigint);`,
    ],
    says: ['entities:'],
    unmanaged: ['typed table public.t', 'view public.t_b'],
  },
  {
    title: 'types that are there before they can be used',
    states: [
      `CREATE TYPE whole; CREATE FUNCTION whole_canonical(whole) RETURNS whole LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
      CREATE TYPE whole AS RANGE (SUBTYPE = integer, CANONICAL = whole_canonical); CREATE TABLE t (a whole, b integer); CREATE TYPE announced;`,
      `CREATE TYPE whole; CREATE FUNCTION whole_canonical(whole) RETURNS whole LANGUAGE internal IMMUTABLE STRICT AS 'int4range_canonical';
      CREATE TYPE whole AS RANGE (SUBTYPE = integer, CANONICAL = whole_canonical); CREATE TABLE t (a whole, b bigint); CREATE TYPE announced;`,
    ],
    says: ['b: int'],
    never: ['whole'],
    unmanaged: [
      'range type public.whole',
      'column public.t.a',
      'function public.whole_canonical(public.whole)',
      'shell type public.announced',
    ],
  },
  {
    title: 'what depends on the temporary objects of a session',
    states: [
      `CREATE TEMP SEQUENCE IF NOT EXISTS counted; CREATE TEMP TABLE IF NOT EXISTS held (a integer); CREATE VIEW v AS SELECT nextval('counted') AS n; CREATE VIEW w AS SELECT n FROM v;
      CREATE DOMAIN d AS held[]; CREATE TABLE t (a integer, b d);`,
      `CREATE TEMP SEQUENCE IF NOT EXISTS counted; CREATE TEMP TABLE IF NOT EXISTS held (a integer); CREATE VIEW v AS SELECT nextval('counted') AS n; CREATE VIEW w AS SELECT n FROM v;
      CREATE DOMAIN d AS held[]; CREATE TABLE t (a bigint, b d);`,
    ],
    says: ['a: int'],
    never: ['nextval', 'held'],
    unmanaged: ['domain public.d', 'view public.v', 'view public.w', 'column public.t.b'],
    leaves: 'DROP TABLE held CASCADE; DROP SEQUENCE counted CASCADE',
  },
]
