import { postgres } from '@yama/postgres'
import { expect, it } from 'vitest'
import { canonicalExpression } from '../src/extract/canonical-expression.ts'
import { canonicalViewQuery } from '../src/extract/canonical-view.ts'
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
