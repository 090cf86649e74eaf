import { postgres } from '@yama/postgres'
import { expect, it } from 'vitest'
import { canonicalExpression } from '../src/extract/canonical-expression.ts'
import { canonicalViewQuery } from '../src/extract/canonical-view.ts'
import { extract } from '../src/extract/extract.ts'
import { inNewDatabase, servers } from './runtime-database.ts'

const everyServer = it.each(servers.map(({ name, url }) => [name, url] as const))

everyServer('a check that is written from its canonical form has the same canonical form, and means the same, on %s', (_, url) =>
  inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    const printed = async (check: string): Promise<string> => {
      await connection.execute('DROP TABLE IF EXISTS t')
      await connection.execute(`CREATE TABLE t (a varchar(20), "b c" varchar, d text, e integer, CONSTRAINT c CHECK (${check}))`)
      const { rows } = await connection.execute("SELECT pg_get_expr(conbin, conrelid) AS text FROM pg_constraint WHERE conname = 'c'")
      return String(rows[0]?.['text'])
    }
    for (const check of [
      "a IN ('x', 'it''s', 'ARRAY[')",
      "a NOT IN ('x')",
      "a NOT IN ('x', 'y') OR \"b c\" IN ('x', '(ARRAY[''x''::character varying])::text[]')",
      "d IN ('x', 'y') AND e IN (1, 2)",
      "a = ANY (ARRAY['x', 'y']::text[])",
    ]) {
      const first = await printed(check)
      const form = canonicalExpression(first)
      expect(canonicalExpression(await printed(form)), check).toBe(form)
      // One server is asked whether the two forms agree on rows, nulls among them.
      const { rows } = await connection.execute(
        `SELECT count(*)::integer AS n FROM (VALUES ('x'), ('y'), ('it''s'), ('ARRAY['), ('z'), (NULL)) v(given),
          LATERAL (SELECT given::varchar AS a, given::varchar AS "b c", given::text AS d, 1 AS e) t WHERE (${first}) IS DISTINCT FROM (${form})`,
      )
      expect(rows, check).toEqual([{ n: 0 }])
    }
  }),
)

everyServer('a view that is written from its canonical form prints the same form, on %s', (_, url) =>
  inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await connection.execute('CREATE TABLE t (a integer, b integer, c varchar(9))')
    const printed = async (query: string): Promise<string> => {
      await connection.execute('DROP VIEW IF EXISTS v')
      await connection.execute(`CREATE VIEW v AS ${query}`)
      const { rows } = await connection.execute("SELECT pg_get_viewdef('v'::regclass) AS text")
      return String(rows[0]?.['text']).trim().replace(/;$/, '')
    }
    for (const query of [
      'SELECT a, b FROM t WHERE a > 1 ORDER BY b',
      'SELECT a AS b, b AS a FROM t ORDER BY t.a, t.b',
      'SELECT DISTINCT ON (t.a) b AS a, t.c FROM t ORDER BY t.a',
      'SELECT a, (SELECT max(x.b) FROM t x WHERE x.a = t.a) AS m FROM t GROUP BY a HAVING count(*) > 1',
      "SELECT x.a FROM (SELECT a FROM t WHERE c IN ('p', 'q')) x",
      'SELECT t.a FROM t JOIN t u USING (a)',
      'WITH w AS (SELECT a, row_number() OVER (PARTITION BY b ORDER BY a) AS n FROM t) SELECT a, n FROM w WHERE n = 1',
      'SELECT a FROM t UNION SELECT b FROM t',
    ]) {
      const form = canonicalViewQuery(canonicalExpression(await printed(query)))
      expect(canonicalViewQuery(canonicalExpression(await printed(form))), query).toBe(form)
    }
  }),
)

everyServer('a policy over a row that has got another attribute is known as it will be printed, on %s', (_, url) =>
  inNewDatabase(url, async (own) => {
    await using connection = await postgres({ url: own }).connect()
    await connection.execute(`CREATE SCHEMA app; CREATE TYPE app.claims AS (sub text, "Given Name" text);
      CREATE FUNCTION app.session() RETURNS app.claims LANGUAGE sql AS $$ SELECT 'x', 'y' $$;
      CREATE FUNCTION app.other(n integer) RETURNS SETOF app.claims LANGUAGE sql AS $$ SELECT 'x', 'y' $$;
      CREATE TABLE app.t (a text); CREATE TABLE app.u (a text)`)
    const condition = (alias: string): string =>
      `a = (SELECT s.sub FROM app.session() s${alias}, app.other((1 + 1)) o, generate_series(1, 2) g(n))`
    await connection.execute(`CREATE POLICY p ON app.t USING (${condition('')})`)
    await connection.execute(`CREATE POLICY renamed ON app.t USING (${condition('(sub, other)')})`)
    await connection.execute('ALTER TYPE app.claims ADD ATTRIBUTE state text')
    const policies = async (): Promise<ReadonlyMap<string, string>> => {
      const { facts } = await extract(connection, { schemas: [], include: [], exclude: [] })
      return new Map([...facts.values()].flatMap((fact) => (fact.kind === 'policy' ? [[fact.name, fact.payload.using ?? '']] : [])))
    }
    const first = await policies()
    expect(first.get('p')).toContain('s(sub, "Given Name", state)')
    expect(first.get('p')).toContain('o(sub, "Given Name", state)')
    expect(first.get('renamed')).toContain('s(sub, other)')
    await connection.execute(`DROP POLICY p ON app.t; CREATE POLICY p ON app.t USING (${first.get('p') ?? ''})`)
    expect((await policies()).get('p')).toBe(first.get('p'))
  }),
)
