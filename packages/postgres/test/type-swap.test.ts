import { postgres } from '@yama/postgres'
import { difference, planChange, requirePlan } from '@yama/schema'
import { describe, expect, it } from 'vitest'
import { deltaLines } from '../../../test/entities/round-trip.ts'
import { runActions } from './difference-case.ts'
import { schemaDialect } from './dialect-under-test.ts'
import { inNewDatabase, servers } from './runtime-database.ts'
import { emptied, facts, fromEntitiesAlone, throughStates, type State } from './states.ts'

const domain = (base: string, column = '5'): string =>
  `CREATE DOMAIN d AS ${base}; GRANT USAGE ON DOMAIN d TO pg_monitor; REVOKE ALL ON DOMAIN d FROM PUBLIC; CREATE TABLE t (id int PRIMARY KEY, a d NOT NULL DEFAULT ${column}, b d[]);
  CREATE INDEX t_a ON t (a); CREATE VIEW v AS SELECT length(a::text) AS long FROM t; CREATE FUNCTION f(d) RETURNS d LANGUAGE sql AS 'SELECT $1';`

const family = (base: string): string =>
  `CREATE DOMAIN d AS ${base}; CREATE TABLE t (a d DEFAULT 5, p int) PARTITION BY LIST (p); CREATE TABLE t1 PARTITION OF t FOR VALUES IN (1); ALTER TABLE t1 ALTER a SET DEFAULT 6;
  CREATE TABLE p (a d); CREATE TABLE c (a d DEFAULT 7) INHERITS (p);`

const DOMAINS: readonly State[] = [
  ['integer', domain('int CHECK (VALUE > 1)')],
  ['bigint', domain('bigint CHECK (VALUE > 1)')],
  ['text', domain(`text COLLATE "C" CHECK (VALUE > '')`)],
  ['text of another collation', domain(`text COLLATE "POSIX" CHECK (VALUE > '')`)],
  ['inside of an array', 'CREATE DOMAIN d AS int; CREATE TABLE t (a d[])'],
  ['a condition for what is inside of an array', 'CREATE DOMAIN d AS int NOT NULL CHECK (VALUE > 2); CREATE TABLE t (a d[])'],
]

const FAMILIES: readonly State[] = [
  ['integer', family('int')],
  ['bigint', family('bigint')],
]

const CONSTRAINTS: readonly State[] = [
  ['nothing', `CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s') NOT NULL CONSTRAINT c1 CHECK (VALUE > 0)`],
  [
    'named, with comments',
    `CREATE SEQUENCE s; CREATE DOMAIN d AS int DEFAULT nextval('s') CONSTRAINT nn NOT NULL CONSTRAINT c1 CHECK (VALUE > 0); COMMENT ON CONSTRAINT nn ON DOMAIN d IS 'never';
    COMMENT ON CONSTRAINT c1 ON DOMAIN d IS 'positive'`,
  ],
  ["a comment on the server's own name", `CREATE DOMAIN d AS int NOT NULL; COMMENT ON CONSTRAINT d_not_null ON DOMAIN d IS 'hey'`],
  ['another name', 'CREATE DOMAIN d AS int CONSTRAINT never NOT NULL'],
  ['may be null', 'CREATE DOMAIN d AS int CONSTRAINT c2 CHECK (VALUE > 0)'],
]

const range = (settings: string, multirange = 'fr_multirange'): string =>
  `CREATE FUNCTION apart(float8, float8) RETURNS float8 LANGUAGE sql IMMUTABLE AS 'SELECT $1 - $2'; CREATE TYPE fr AS RANGE (SUBTYPE = float8${settings}); COMMENT ON TYPE fr IS 'from to';
  CREATE TABLE t (id int PRIMARY KEY, r fr NOT NULL DEFAULT '[1,2)', m ${multirange}, a fr[], EXCLUDE USING gist (r WITH &&)); CREATE VIEW v AS SELECT lower(r) AS low FROM t;
  CREATE FUNCTION f(fr) RETURNS float8 LANGUAGE sql AS 'SELECT lower($1)'; CREATE INDEX t_low ON t (lower(r));`

const RANGES: readonly State[] = [
  ['a difference of the server', range(', SUBTYPE_DIFF = float8mi')],
  ['one of its own', range(', SUBTYPE_DIFF = apart')],
  ['another name for several', range(', MULTIRANGE_TYPE_NAME = several', 'several')],
  ['text', 'CREATE TYPE tr AS RANGE (SUBTYPE = text, COLLATION = "C"); CREATE TABLE t (r tr)'],
  ['text of another collation', 'CREATE TYPE tr AS RANGE (SUBTYPE = text, COLLATION = "POSIX"); CREATE TABLE t (r tr)'],
  ['text in another order', 'CREATE TYPE tr AS RANGE (SUBTYPE = text, SUBTYPE_OPCLASS = text_pattern_ops); CREATE TABLE t (r tr)'],
]

const collation = (locale: string): string =>
  `CREATE COLLATION co (PROVIDER = libc, LOCALE = '${locale}'); CREATE TABLE t (a text COLLATE co NOT NULL DEFAULT 'x', b text, c varchar(10) COLLATE co); CREATE INDEX t_a ON t (a);
  CREATE UNIQUE INDEX t_b ON t (b COLLATE co); CREATE VIEW v AS SELECT a FROM t ORDER BY b COLLATE co; ALTER TABLE t ADD CHECK (b COLLATE co > 'a'); COMMENT ON COLLATION co IS 'order';`

const COLLATIONS: readonly State[] = [
  ['C', collation('C')],
  ['POSIX', collation('POSIX')],
]

const ENUMS: readonly State[] = [
  [
    'two values',
    `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a e DEFAULT 'a'); CREATE VIEW v AS SELECT length(a::text) AS long FROM t; REVOKE ALL ON TYPE e FROM PUBLIC`,
  ],
  [
    'one value',
    `CREATE TYPE e AS ENUM ('a'); CREATE TABLE t (a e DEFAULT 'a'); CREATE VIEW v AS SELECT length(a::text) AS long FROM t; REVOKE ALL ON TYPE e FROM PUBLIC`,
  ],
  [
    'an empty value, and a default that goes with the type of its column',
    `CREATE TYPE e AS ENUM ('b', 'a', '', 'c'); CREATE TABLE t (a e DEFAULT 'c'); REVOKE ALL ON TYPE e FROM PUBLIC`,
  ],
  ['text', `CREATE TYPE e AS ENUM ('a', 'b'); CREATE TABLE t (a varchar DEFAULT 'b'); REVOKE ALL ON TYPE e FROM PUBLIC`],
]

const using = (make: string, fallback = ''): string =>
  `${make}; CREATE TABLE t (id int, e e NOT NULL${fallback}, m e[]); CREATE INDEX t_e ON t (e, id); CREATE VIEW v AS SELECT e, id FROM t; CREATE FUNCTION f(x e) RETURNS int LANGUAGE sql AS 'SELECT 1'`

const KINDS: readonly State[] = [
  ['a domain over an enum', using(`CREATE TYPE e_t AS ENUM ('a', 'b'); CREATE DOMAIN e AS e_t DEFAULT 'a'`)],
  ['an enum', using(`CREATE TYPE e AS ENUM ('a', 'b')`, ` DEFAULT 'a'`)],
  ['a domain over text', using('CREATE DOMAIN e AS text')],
]

describe.each(servers)('types in use, on $name', ({ url, major }) => {
  it.each([
    ['domains', DOMAINS],
    ['domains of partitions and children', FAMILIES],
    ['range types', RANGES],
    ['collations', COLLATIONS],
    ['enums with privileges', ENUMS],
    ['enums and domains', KINDS],
  ] as const)('%s give way to new ones and back', { timeout: 240_000 }, async (_, states) => {
    await throughStates(url, states)
    await fromEntitiesAlone(url, states)
  })

  it('constraints of domains have names and comments', { timeout: 120_000 }, async () => {
    // Before 17 a NOT NULL of a domain is no constraint.
    const states = (major ?? 18) >= 17 ? CONSTRAINTS : CONSTRAINTS.filter(([title]) => !title.includes('comment'))
    await throughStates(url, states)
    await fromEntitiesAlone(url, states)
  })

  it('rows are kept, and a value that does not fit stops the change', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const [narrow, wide] = [domain('int'), domain('bigint')]
      await connection.execute(wide)
      const after = await facts(connection)
      await emptied(connection)
      await connection.execute(narrow)
      const before = await facts(connection)
      await connection.execute("INSERT INTO t VALUES (1, 7, '{8,9}')")
      const shared = { dialect: schemaDialect, renames: [], server: connection.server }
      await runActions(connection, requirePlan(planChange({ ...shared, before, after })).actions)
      expect(deltaLines(difference(await facts(connection), after))).toEqual([])
      expect((await connection.execute('SELECT a::text, b::text FROM t')).rows).toEqual([{ a: '7', b: '{8,9}' }])
      await connection.execute('UPDATE t SET a = 3000000000')
      const back = requirePlan(planChange({ ...shared, before: after, after: before }))
      expect(back.losses.map(({ what }) => what)).toContain('values of column a of t that do not fit')
      await expect(runActions(connection, back.actions)).rejects.toThrow(/out of range/)
      expect(deltaLines(difference(await facts(connection), after))).toEqual([])
    })
  })

  it('a row with such a value inside cannot be converted, and that is said before', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const inside = (base: string): string => `CREATE DOMAIN d AS ${base}; CREATE TYPE pair AS (x d, y int); CREATE TABLE t (a pair)`
      await connection.execute(inside('int'))
      const before = await facts(connection)
      for (const base of ['bigint', 'int CHECK (VALUE > 2)']) {
        await emptied(connection)
        await connection.execute(inside(base))
        const { refusals } = planChange({
          before,
          after: await facts(connection),
          dialect: schemaDialect,
          renames: [],
          server: connection.server,
        })
        expect(refusals.map(({ code }) => code)).toEqual(['YAMA_SCHEMA_REPLACE_REFUSED'])
      }
    })
  })

  it('the type of a typed table, and of values that columns have, stays as it is', async () => {
    await inNewDatabase(url, async (own) => {
      await using connection = await postgres({ url: own }).connect()
      const refused = async (from: string, to: string): Promise<readonly string[]> => {
        const [before, after] = [await made(from), await made(to)]
        return planChange({ before, after, dialect: schemaDialect, renames: [], server: connection.server }).refusals.map(
          ({ code }) => code,
        )
      }
      const made = async (sql: string): ReturnType<typeof facts> => {
        await emptied(connection)
        await connection.execute(sql)
        return facts(connection)
      }
      const [pair, wider, more] = ['a int, b text', 'a bigint, b text', 'a int, b text, c date'].map((of) => `CREATE TYPE pair AS (${of});`)
      const typed = 'CREATE TABLE t OF pair'
      for (const other of [wider, more])
        expect(await refused(`${pair} ${typed}`, `${other} ${typed}`)).toEqual(['YAMA_SCHEMA_UNMANAGED_DEPENDS'])
      const column = 'CREATE TABLE t (a pair)'
      expect(await refused(`${pair} ${column}`, `${wider} ${column}`)).toEqual(['YAMA_SCHEMA_REPLACE_REFUSED'])
      expect(await refused(`${pair} ${column}`, `${more} ${column}`)).toEqual([])
    })
  })
})
