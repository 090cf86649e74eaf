import { expect, it } from 'vitest'
import { canonicalViewQuery } from './canonical-view.ts'

it.each([
  [
    'one table',
    'SELECT child.id,\n    child.a\n   FROM app.child\n  WHERE (child.a > 0)',
    'SELECT id,\n    a\n   FROM app.child\n  WHERE (a > 0)',
  ],
  [
    'an alias',
    'SELECT c.id FROM app.child c GROUP BY c.id HAVING (count(*) > 1)',
    'SELECT id FROM app.child c GROUP BY id HAVING (count(*) > 1)',
  ],
  ['a schema of the same name', 'SELECT child.id, child.f(child.id) AS f FROM child.child', 'SELECT id, child.f(id) AS f FROM child.child'],
  ['a field of a column', 'SELECT (t.pair).a FROM t', 'SELECT (pair).a FROM t'],
  ['a quoted name', 'SELECT "T x"."B" FROM "T x"', 'SELECT "B" FROM "T x"'],
  ['a function', 'SELECT g.g FROM generate_series(1, 3) g(g)', 'SELECT g FROM generate_series(1, 3) g(g)'],
  ['a query inside', 'SELECT s.a FROM ( SELECT t.a FROM t) s', 'SELECT a FROM ( SELECT t.a FROM t) s'],
  [
    'a query beside',
    'SELECT t.a, ( SELECT max(x.b) FROM x WHERE (x.a = t.a)) AS m FROM t',
    'SELECT a, ( SELECT max(x.b) FROM x WHERE (x.a = t.a)) AS m FROM t',
  ],
  ['a CTE', 'WITH w AS ( SELECT t.a FROM t) SELECT w.a FROM w', 'WITH w AS ( SELECT t.a FROM t) SELECT a FROM w'],
  ['words with FROM', 'SELECT EXTRACT(year FROM t.d) AS y FROM t', 'SELECT EXTRACT(year FROM d) AS y FROM t'],
  [
    'an order that an alias would take',
    'SELECT t.a AS b, t.b AS a FROM t ORDER BY t.a, (t.b + 1), t.c',
    'SELECT a AS b, b AS a FROM t ORDER BY t.a, (b + 1), c',
  ],
  ['DISTINCT ON that an alias would take', 'SELECT DISTINCT ON (t.a) t.b AS a FROM t', 'SELECT DISTINCT ON (t.a) b AS a FROM t'],
])('leaves out the name of the only relation: %s', (_, before, after) => {
  expect(canonicalViewQuery(before)).toBe(after)
  expect(canonicalViewQuery(after)).toBe(after)
})

it.each([
  ['a join', 'SELECT a.x FROM (a JOIN b USING (x))'],
  ['two relations', 'SELECT a.x FROM a, b'],
  ['a union', 'SELECT a.x FROM a UNION SELECT b.x FROM b'],
  ['a whole row', 'SELECT t.*::text AS t FROM t'],
  ['no relation', 'SELECT 1 AS one'],
  ['values', 'VALUES (1), (2)'],
])('leaves %s alone', (_, query) => {
  expect(canonicalViewQuery(query)).toBe(query)
})
