import { everywhere, matrix, NOT_SUPPORTED, type Outcome } from './lifecycle.ts'

const item = (views: string, fields: readonly string[] = ['name: text?', 'size: int?']): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary
${fields.map((field) => `      ${field}`).join('\n')}
views:
${views === '' ? '  all_ids: { query: "select id from items" }' : views}
`
const rows = "INSERT INTO items (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)"
const kept: Outcome = {
  always: [
    [
      'SELECT name, size FROM items ORDER BY id',
      [
        { name: 'a', size: 10 },
        { name: 'b', size: 20 },
      ],
    ],
  ],
}

matrix('views', [
  {
    title: 'a view comes and goes',
    from: item(''),
    to: item('  v: { query: "select id, name from items where size > 10" }'),
    rows,
    expected: everywhere({ ...kept, up: [['SELECT name FROM v', [{ name: 'b' }]]] }),
  },
  {
    title: 'a view gets more columns at its end',
    from: item('  v: { query: "select id from items" }'),
    to: item('  v: { query: "select id, name from items" }'),
    rows,
    expected: { postgres: { ...kept, says: [/CREATE OR REPLACE VIEW/] }, sqlite: kept, mysql: { ...kept } },
  },
  {
    title: 'a view changes the order of its columns',
    from: item('  v: { query: "select id, name from items" }\n  overview: { query: "select name from v" }'),
    to: item('  v: { query: "select name, id from items" }\n  overview: { query: "select name from v" }'),
    rows,
    expected: everywhere({ ...kept, up: [['SELECT name FROM overview ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] }),
  },
  {
    title: 'a column goes from under a view',
    from: item('  v: { query: "select id, name from items" }'),
    to: item('  v: { query: "select id from items" }', ['size: int?']),
    rows,
    expected: everywhere({
      always: [
        [
          'SELECT id, size FROM items ORDER BY id',
          [
            { id: 1, size: 10 },
            { id: 2, size: 20 },
          ],
        ],
      ],
    }),
  },
  {
    title: 'a column comes under a view that shows it',
    from: item('  v: { query: "select id, name from items" }'),
    to: item('  v: { query: "select id, more, name from items" }', ['name: text?', 'size: int?', 'more: int! = 5']),
    rows,
    expected: everywhere({ ...kept, up: [['SELECT more FROM v WHERE id = 1', [{ more: 5 }]]] }),
  },
  {
    title: 'a view is renamed',
    from: item('  v: { query: "select id, name from items" }\n  overview: { query: "select name from v" }'),
    to: item('  w: { was: v, query: "select id, name from items" }\n  overview: { query: "select name from w" }'),
    rows,
    expected: { postgres: { ...kept, says: [/RENAME TO w/] }, sqlite: kept, mysql: { ...kept } },
  },
  {
    title: 'a chain of views is dropped with its table',
    from: item('  v: { query: "select id, name from items" }\n  overview: { query: "select name from v" }'),
    to: 'entities: { Other: { fields: { id: int! primary } } }',
    rows,
    expected: everywhere({ says: [/loses (?!nothing)/] }),
  },
  {
    title: 'a table changes under a view',
    from: item('  v: { query: "select id, name from items" }'),
    to: item('  v: { query: "select id, name from items" }', ["name: string(30)! = 'q'", 'size: bigint?']),
    rows,
    expected: everywhere({ ...kept, up: [['SELECT name FROM v ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] }),
  },
  {
    title: 'a query per database',
    from: item(''),
    to: item(
      '  v:\n    query:\n      default: "select id, name from items where size > 10"\n      postgres: "select id, name from items where size > 10 and true"',
    ),
    rows,
    expected: everywhere({ ...kept, up: [['SELECT name FROM v', [{ name: 'b' }]]] }),
  },
  {
    title: 'a view becomes materialized, where there is such a thing',
    from: item('  v: { query: "select id, name from items" }'),
    to: item('  v: { query: "select id, name from items", materialized: { only: [postgres] } }\n  w: { query: "select 1 as one" }'),
    rows,
    expected: {
      postgres: { ...kept, up: [['SELECT name FROM v ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]], says: [/CREATE MATERIALIZED VIEW/] },
      sqlite: kept,
      mysql: { ...kept, up: [['SELECT name FROM v ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] },
    },
  },
  {
    title: 'a materialized view changes under a view over it',
    from: item(
      '  v: { query: "select id, name from items", materialized: { only: [postgres] } }\n  overview: { query: "select name from v" }',
    ),
    to: item(
      '  v: { query: "select name, id, size from items", materialized: { only: [postgres] } }\n  overview: { query: "select name from v" }',
    ),
    rows,
    expected: {
      postgres: { ...kept, up: [['SELECT name FROM overview ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] },
      sqlite: kept,
      mysql: { ...kept, up: [['SELECT name FROM overview ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] },
    },
  },
])

const tables = (schema: string): string => `
entities:
  Post:
${schema}    table: posts
    fields: { id: int! primary, title: text? }
  Note: { table: notes, fields: { id: int! primary, post: Post? } }
`
matrix('schemas', [
  {
    title: 'a schema comes with its table',
    from: 'entities: { Other: { fields: { id: int! primary } } }',
    to: `${tables('    schema: blog\n')}  Other: { fields: { id: int! primary } }\n`,
    between: { postgres: "INSERT INTO blog.posts VALUES (1, 't')" },
    expected: { postgres: {}, sqlite: NOT_SUPPORTED, mysql: {} },
  },
  {
    title: 'a schema that the database does not know is left out, and a former name is found',
    from: tables(''),
    to: tables('    schema: blog\n').replace('table: posts', 'table: articles\n    was: posts'),
    rows: "INSERT INTO posts VALUES (1, 't')",
    expected: {
      postgres: NOT_SUPPORTED,
      sqlite: { never: [/DROP TABLE/, /blog/], up: [['SELECT title FROM articles', [{ title: 't' }]]] },
      mysql: NOT_SUPPORTED,
    },
  },
  {
    title: 'a table moves to a schema',
    from: tables(''),
    to: tables('    schema: blog\n    was: public.posts\n'),
    rows: "INSERT INTO posts VALUES (1, 't'); INSERT INTO notes VALUES (2, 1)",
    expected: {
      postgres: {
        says: [/SET SCHEMA blog/],
        never: [/DROP TABLE/],
        up: [['SELECT title FROM blog.posts', [{ title: 't' }]]],
        down: [['SELECT title FROM posts', [{ title: 't' }]]],
      },
      sqlite: NOT_SUPPORTED,
      mysql: 'not supported',
    },
  },
  {
    title: 'a schema with a comment is renamed',
    from: `schemas: { old: { doc: x } }\n${tables('    schema: old\n')}`,
    to: `schemas: { blog: { doc: y, was: old } }\n${tables('    schema: blog\n')}`,
    rows: { postgres: "INSERT INTO old.posts VALUES (1, 't'); INSERT INTO notes VALUES (2, 1)" },
    expected: {
      postgres: { says: [/ALTER SCHEMA old RENAME TO blog/], never: [/DROP/], up: [['SELECT title FROM blog.posts', [{ title: 't' }]]] },
      sqlite: NOT_SUPPORTED,
      mysql: 'not supported',
    },
  },
  {
    title: 'a sequence comes and changes',
    from: 'sequences: { numbers: { start: 1000 } }\nentities: { Other: { fields: { id: int! primary } } }',
    to: 'sequences: { numbers: { start: 1000, increment: 10 }, more: { start: 5 } }\nentities: { Other: { fields: { id: int! primary } } }',
    rows: { postgres: "SELECT nextval('numbers')" },
    expected: {
      postgres: { upAgain: [], up: [["SELECT nextval('numbers') AS n", [{ n: 1010 }]]] },
      sqlite: NOT_SUPPORTED,
      mysql: 'not supported',
    },
  },
  {
    title: 'an enum lives in a schema',
    from: 'entities: { Other: { fields: { id: int! primary } } }',
    to: 'enums: { Role: { schema: app, values: [a, b] } }\nentities: { Other: { fields: { id: int! primary, role: Role? } } }',
    expected: { postgres: {}, sqlite: NOT_SUPPORTED, mysql: {} },
  },
])

const overridden = (more: string): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary
      name: string(40)?
${more}`
const plain = "INSERT INTO items (id, name) VALUES (1, 'a')"
matrix('overrides', [
  {
    title: 'a field that only one database has',
    from: overridden(''),
    to: overridden('      only_pg: { type: int?, only: [postgres] }\n      only_lite: { type: int?, only: [sqlite] }\n'),
    rows: plain,
    expected: {
      postgres: { says: [/only_pg/], never: [/only_lite/] },
      sqlite: { says: [/only_lite/], never: [/only_pg/] },
      mysql: 'not supported',
    },
  },
  {
    title: 'another type, default and expression',
    from: overridden(''),
    to: overridden(
      `      code: { type: string(20)?, default: x, overrides: { sqlite: { type: text?, default: y } } }\n      both: { type: text, generated: "coalesce(name, 'p')", overrides: { sqlite: { generated: "ifnull(name, 's')" } } }\n`,
    ),
    rows: plain,
    expected: {
      postgres: { up: [['SELECT code, "both" FROM items', [{ code: 'x', both: 'a' }]]] },
      sqlite: { up: [['SELECT code, "both" FROM items', [{ code: 'y', both: 'a' }]]] },
      mysql: { up: [['SELECT code, "both" FROM items', [{ code: 'x', both: 'a' }]]] },
    },
  },
  {
    title: 'an index, a check and a table that one database skips',
    from: overridden(''),
    to: `${overridden('')}    indexes: [{ fields: [name], overrides: { sqlite: { skip: true, reason: none } } }]\n    checks: { c: { expression: "id > 0", overrides: { postgres: { skip: true, reason: none } } } }\n  Extra: { table: extra, only: [sqlite], fields: { id: int! primary } }\n`,
    rows: plain,
    expected: {
      postgres: { says: [/CREATE INDEX/], never: [/CHECK/, /extra/] },
      sqlite: { says: [/CHECK/, /extra/], never: [/CREATE INDEX/] },
      mysql: {},
    },
  },
  {
    title: 'other options of the table',
    from: overridden(''),
    to: `${overridden('')}    overrides: { postgres: { options: { fillfactor: "90" } }, sqlite: { options: { strict: true } } }\n`,
    rows: plain,
    expected: { postgres: { says: [/fillfactor/] }, sqlite: { says: [/STRICT/] }, mysql: 'not supported' },
  },
])
