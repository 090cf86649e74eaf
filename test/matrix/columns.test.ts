import { ids, table, two } from './items.ts'
import { everywhere, matrix } from './lifecycle.ts'

matrix('columns added and dropped', [
  {
    title: 'a nullable column is added',
    from: table(),
    to: table('note: text?'),
    rows: two,
    between: "UPDATE items SET note = 'x'",
    expected: everywhere({ always: [ids], never: [/_yama_new/] }),
  },
  {
    title: 'a column that is not null is added with its default',
    from: table(),
    to: table('score: int! = 7'),
    rows: two,
    expected: everywhere({ always: [ids], up: [['SELECT score FROM items', [{ score: 7 }, { score: 7 }]]], never: [/_yama_new/] }),
  },
  {
    title: 'a column that is not null is added with the time of the row',
    from: table(),
    to: table('at: timestamp! = now()'),
    rows: two,
    expected: everywhere({ always: [ids], up: [['SELECT count(at) AS n FROM items', [{ n: 2 }]]] }),
  },
  {
    title: 'a column that is not null is added with a random key',
    from: table(),
    to: table('token: uuid! = gen_uuid()'),
    rows: two,
    expected: {
      ...everywhere({ always: [ids], up: [['SELECT count(DISTINCT token) AS n FROM items', [{ n: 2 }]]] }),
      // MySQL refuses the default together with its column, and has a way of its own.
      mariadb: { always: [ids], up: [['SELECT count(DISTINCT token) AS n FROM items', [{ n: 2 }]]] },
    },
  },
  {
    title: 'a column that is not null and has no default is refused by rows, and nothing happens',
    from: table(),
    to: table('name: text!'),
    rows: two,
    expected: {
      ...everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /null/i } }),
      mysql: { up: [['SELECT name FROM items', [{ name: '' }, { name: '' }]]] },
    },
  },
  {
    title: 'a column that is not null and has no default is taken by an empty table',
    from: table(),
    to: table('name: text!'),
    expected: everywhere({ down: [['SELECT count(*) AS n FROM items', [{ n: 0 }]]] }),
  },
  {
    title: 'a column that is not null and has no default is dropped',
    from: table('name: text!'),
    to: table(),
    rows: "INSERT INTO items (id, name) VALUES (1, 'a')",
    between: 'DELETE FROM items',
    expected: everywhere({ down: [['SELECT count(*) AS n FROM items', [{ n: 0 }]]] }),
  },
  {
    title: 'a column is dropped with the index, check and key over it',
    from: `${table('name: string(40)? unique', 'size: int?')}    indexes: [{ fields: [size] }]\n    checks: { size_positive: "size > 0" }\n`,
    to: table(),
    rows: "INSERT INTO items (id, name, size) VALUES (1, 'a', 1), (2, 'b', 2)",
    expected: everywhere({ always: [ids], says: [/loses (?!nothing)/], down: [['SELECT count(name) AS n FROM items', [{ n: 0 }]]] }),
  },
  {
    title: 'columns change places in the file only',
    from: `${table('a: int?', 'b: int?')}`,
    to: `${table('b: int?', 'a: int?', 'c: int?')}`,
    rows: 'INSERT INTO items VALUES (1, 10, 20), (2, 11, 21)',
    expected: everywhere({
      always: [
        ids,
        [
          'SELECT a, b FROM items ORDER BY id',
          [
            { a: 10, b: 20 },
            { a: 11, b: 21 },
          ],
        ],
      ],
    }),
  },
])

const old = ["INSERT INTO items (id, mobile) VALUES (1, 'x'), (2, 'Y')"] as const
matrix('columns renamed', [
  {
    title: 'a column is renamed',
    from: table('mobile: text?'),
    to: table('phone: text? was:mobile'),
    rows: old[0],
    expected: everywhere({
      says: [/RENAME COLUMN mobile TO phone/],
      never: [/DROP/],
      up: [['SELECT phone FROM items ORDER BY id', [{ phone: 'x' }, { phone: 'Y' }]]],
      down: [['SELECT mobile FROM items ORDER BY id', [{ mobile: 'x' }, { mobile: 'Y' }]]],
    }),
  },
  {
    title: 'a column that had several names',
    from: table('mobile: text?'),
    to: table('{ phone: { type: text?, was: [handy, mobile] } }').replace('{ phone:', 'phone:').replace('} }', '}'),
    rows: old[0],
    expected: everywhere({
      says: [/RENAME COLUMN mobile TO phone/],
      never: [/DROP/],
      up: [['SELECT phone FROM items ORDER BY id', [{ phone: 'x' }, { phone: 'Y' }]]],
    }),
  },
  {
    title: 'a column takes the name that another column leaves',
    from: table('a: text?', 'b: text?'),
    to: table('b: text? was:a', 'c: text? was:b'),
    rows: "INSERT INTO items (id, a, b) VALUES (1, 'a', 'b')",
    expected: everywhere({
      never: [/DROP/],
      up: [['SELECT b, c FROM items', [{ b: 'a', c: 'b' }]]],
      down: [['SELECT a, b FROM items', [{ a: 'a', b: 'b' }]]],
    }),
  },
  {
    title: 'a column changes in case only',
    from: table('mobile: text?'),
    to: table('phone: { type: text?, column: Mobile, was: mobile }'),
    rows: old[0],
    expected: everywhere({
      never: [/DROP/],
      up: [['SELECT "Mobile" AS m FROM items ORDER BY id', [{ m: 'x' }, { m: 'Y' }]]],
      down: [['SELECT mobile AS m FROM items ORDER BY id', [{ m: 'x' }, { m: 'Y' }]]],
    }),
  },
  {
    title: 'a column is renamed inside an index expression, a partial index, a check, a generated column and a view',
    from: `${table('mobile: text?', 'upper: { type: text, generated: "upper(mobile)" }')}    indexes: [{ name: items_lower, expression: "lower(mobile)", unique: true }, { name: items_part, fields: [id], where: "mobile is not null" }]
    checks: { mobile_filled: "mobile <> ''" }
views:
  phones: { query: "select id, mobile from items where mobile is not null" }
`,
    to: `${table('phone: text? was:mobile', 'upper: { type: text, generated: "upper(phone)" }')}    indexes: [{ name: items_lower, expression: "lower(phone)", unique: true }, { name: items_part, fields: [id], where: "phone is not null" }]
    checks: { mobile_filled: "phone <> ''" }
views:
  phones: { query: "select id, phone as mobile from items where phone is not null" }
`,
    rows: old[0],
    expected: {
      ...everywhere({
        says: [/RENAME COLUMN mobile TO phone/],
        up: [
          [
            'SELECT phone, upper FROM items ORDER BY id',
            [
              { phone: 'x', upper: 'X' },
              { phone: 'Y', upper: 'Y' },
            ],
          ],
          ['SELECT count(*) AS n FROM phones', [{ n: 2 }]],
        ],
        down: [['SELECT mobile FROM items ORDER BY id', [{ mobile: 'x' }, { mobile: 'Y' }]]],
      }),
      mysql: 'not supported',
    },
  },
  {
    title: 'a column is renamed, retyped and filled in one change',
    from: table('mobile: string(10)?'),
    to: table("phone: string(40)! = '' was:mobile"),
    rows: old[0],
    expected: everywhere({
      up: [['SELECT phone FROM items ORDER BY id', [{ phone: 'x' }, { phone: 'Y' }]]],
      down: [['SELECT mobile FROM items ORDER BY id', [{ mobile: 'x' }, { mobile: 'Y' }]]],
    }),
  },
  {
    title: 'a column that may be renamed is asked about, and nothing is written',
    from: table('mobile: string(20)?'),
    to: table('mobil: string(20)?'),
    rows: old[0],
    expected: everywhere({ refused: { at: 'generate', code: 'YAMA_DECISION_NEEDED' } }),
  },
])

matrix('comments', [
  {
    title: 'comments come, and go again',
    from: `${table('name: string(40)?')}    indexes: [{ fields: [name] }]\n    checks: { filled: "name <> ''" }\nviews: { names: { query: "select name from items" } }\n`,
    to: `${table('name: { type: string(40)?, doc: "it\'s a name" }')}    doc: Things\n    indexes: [{ fields: [name], doc: quick }]\n    checks: { filled: { expression: "name <> ''", doc: never empty } }\nviews: { names: { query: "select name from items", doc: seen by readers } }\n`,
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: {
      postgres: {
        always: [ids],
        up: [
          [
            "SELECT obj_description('items'::regclass) AS d, col_description('items'::regclass, 2) AS c",
            [{ d: 'Things', c: "it's a name" }],
          ],
        ],
        down: [["SELECT obj_description('items'::regclass) AS d", [{ d: null }]]],
      },
      sqlite: 'not supported',
      mysql: {},
    },
  },
])
