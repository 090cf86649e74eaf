import { describe, it } from 'vitest'
import { servers } from './runtime-database.ts'
import { fromEntitiesAlone, throughStates, type State } from './states.ts'

const BOTH = 'CREATE TABLE t (a int GENERATED ALWAYS AS IDENTITY, b serial, c smallint); CREATE SEQUENCE s OWNED BY t.c;'

const SEQUENCES: readonly State[] = [
  ['as their table', `${BOTH} CREATE SEQUENCE q`],
  ['otherwise', `${BOTH} ALTER SEQUENCE t_a_seq SET UNLOGGED; ALTER SEQUENCE t_b_seq SET UNLOGGED; CREATE UNLOGGED SEQUENCE q`],
  ['unlogged as their table', `${BOTH.replace('TABLE', 'UNLOGGED TABLE')} CREATE SEQUENCE q`],
  [
    'logged of a table that is not',
    `${BOTH.replace('TABLE', 'UNLOGGED TABLE')} ALTER SEQUENCE t_a_seq SET LOGGED; ALTER SEQUENCE t_b_seq SET LOGGED; ALTER SEQUENCE s SET UNLOGGED`,
  ],
  ['unlogged of a table that is not', `${BOTH} ALTER SEQUENCE t_a_seq SET UNLOGGED; ALTER SEQUENCE s SET UNLOGGED`],
  [
    'made by hand',
    'CREATE UNLOGGED TABLE t (a int, b serial, c smallserial); ALTER SEQUENCE t_b_seq INCREMENT 7; ALTER SEQUENCE t_c_seq INCREMENT 3; ALTER SEQUENCE t_c_seq SET LOGGED',
  ],
  [
    'standing for itself',
    'CREATE UNLOGGED TABLE t (a serial, b int, c smallint); CREATE UNLOGGED SEQUENCE t_b_seq AS int; CREATE SEQUENCE t_c_seq AS smallint',
  ],
  ['none', 'CREATE TABLE t (a int, b int, c smallint)'],
  ['otherwise', `${BOTH} ALTER SEQUENCE t_a_seq SET UNLOGGED; ALTER SEQUENCE t_b_seq SET UNLOGGED`],
]

const FILLED = `SELECT oid::regclass::text, relispopulated FROM pg_class WHERE relkind = 'm' ORDER BY 1`
const FAILS = `CREATE TABLE t (a int); INSERT INTO t VALUES (0);
  CREATE FUNCTION fails() RETURNS int LANGUAGE plpgsql AS $$ BEGIN RAISE 'no'; END $$;`
const VIEWS: readonly State[] = [
  ['none', FAILS],
  [
    'not filled',
    `${FAILS} CREATE MATERIALIZED VIEW m AS SELECT 1 / a AS x FROM t WITH NO DATA; CREATE MATERIALIZED VIEW n AS SELECT fails() AS x WITH NO DATA;
    CREATE UNIQUE INDEX ni ON n (x); CREATE MATERIALIZED VIEW o AS SELECT count(*) AS x FROM t`,
  ],
  ['none, over another type', FAILS.replace('a int', 'a bigint')],
]

describe.each(servers)('whether sequences are logged, on $name', ({ url, major }) => {
  // On servers before 15 each is.
  it.runIf((major ?? 18) >= 15)('is carried both ways', { timeout: 240_000 }, async () => {
    await throughStates(url, SEQUENCES)
    await fromEntitiesAlone(url, SEQUENCES)
  })
})

describe.each(servers)('a materialized view that holds nothing, on $name', ({ url }) => {
  it('is made without a look at its query', { timeout: 120_000 }, async () => {
    await throughStates(url, VIEWS, FILLED)
    await fromEntitiesAlone(url, VIEWS, FILLED)
  })

  it('is filled where another reads it as soon as that is made', { timeout: 120_000 }, () =>
    fromEntitiesAlone(url, [
      [
        'emptied later',
        'CREATE MATERIALIZED VIEW m AS SELECT 1 AS x; CREATE VIEW v AS SELECT x FROM m; CREATE MATERIALIZED VIEW n AS SELECT x FROM v; REFRESH MATERIALIZED VIEW m WITH NO DATA',
      ],
    ]),
  )
})
