import { everywhere, matrix } from './lifecycle.ts'

/** One table with a key, and whatever else is said. */
const table = (...fields: readonly string[]): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary
${fields.map((field) => `      ${field}`).join('\n')}
`
const two = 'INSERT INTO items (id) VALUES (1), (2)'
const ids = ['SELECT id FROM items ORDER BY id', [{ id: 1 }, { id: 2 }]] as const

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
      // Over rows, while its binary log is on: ER_BINLOG_UNSAFE_SYSTEM_FUNCTION.
      mysql: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /unsafe/i } },
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

matrix('types', [
  {
    title: 'a text is widened',
    from: table('name: string(5)?'),
    to: table('name: string(50)?'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: everywhere({ always: [ids, ['SELECT name FROM items ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] }),
  },
  {
    title: 'a number is widened under a key that points at it',
    from: `${table()}  Part: { table: parts, fields: { id: int! primary, item: Item! cascade } }\n`,
    to: `${table().replace('id: int!', 'id: bigint!')}  Part: { table: parts, fields: { id: int! primary, item: Item! cascade } }\n`,
    rows: `${two}; INSERT INTO parts VALUES (9, 1)`,
    expected: everywhere({ always: [ids, ['SELECT item_id FROM parts', [{ item_id: 1 }]]] }),
  },
  {
    title: 'a text is narrowed and the rows fit',
    from: table('name: string(50)?'),
    to: table('name: string(5)?'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: everywhere({ always: [ids, ['SELECT name FROM items ORDER BY 1', [{ name: 'a' }, { name: 'b' }]]] }),
  },
  {
    title: 'a text is narrowed and a row does not fit',
    from: table('name: string(50)?'),
    to: table('name: string(5)?'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'too long for it')",
    expected: {
      postgres: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /too long/ } },
      sqlite: { always: [ids] },
      mysql: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /truncated|too long/i } },
    },
  },
  {
    title: 'a number becomes a text',
    from: table('code: int?'),
    to: table('code: text?'),
    rows: 'INSERT INTO items VALUES (1, 12), (2, 13)',
    expected: everywhere({ always: [ids, ['SELECT code FROM items ORDER BY id', [{ code: '12' }, { code: '13' }]]] }),
  },
  {
    title: 'a text becomes a number',
    from: table('code: text?'),
    to: table('code: int?'),
    rows: "INSERT INTO items VALUES (1, '12'), (2, '13')",
    unproved: 'the rows of the proof are not numbers',
    expected: everywhere({ always: [ids], up: [['SELECT code + 1 AS n FROM items ORDER BY id', [{ n: 13 }, { n: 14 }]]] }),
  },
  {
    title: 'a text with a default becomes a number with a default',
    from: table("code: text! = '1'"),
    to: table('code: int! = 2'),
    rows: "INSERT INTO items VALUES (1, '12'), (2, '13')",
    unproved: 'the rows of the proof are not numbers',
    expected: everywhere({ always: [ids], up: [['SELECT code + 1 AS n FROM items ORDER BY id', [{ n: 13 }, { n: 14 }]]] }),
  },
  {
    title: 'a type is changed under an index, a check and a view',
    from: `${table('size: int?')}    indexes: [{ fields: [size] }, { name: items_twice, expression: "size * 2" }]\n    checks: { size_positive: "size > 0" }\nviews: { sizes: { query: "select id, size from items" } }\n`,
    to: `${table('size: bigint?')}    indexes: [{ fields: [size] }, { name: items_twice, expression: "size * 2" }]\n    checks: { size_positive: "size > 0" }\nviews: { sizes: { query: "select id, size from items" } }\n`,
    rows: 'INSERT INTO items VALUES (1, 5), (2, 6)',
    expected: {
      ...everywhere({ always: [ids, ['SELECT size FROM sizes ORDER BY 1', [{ size: 5 }, { size: 6 }]]] }),
      mysql: 'not supported',
    },
  },
  {
    title: 'a list is added and changes its type',
    from: table('tags: int[]?'),
    to: table('tags: bigint[]?'),
    rows: { postgres: "INSERT INTO items VALUES (1, '{1,2}'), (2, null)", sqlite: "INSERT INTO items VALUES (1, '[1,2]'), (2, null)" },
    expected: {
      postgres: { always: [ids, ['SELECT tags[2] AS n FROM items ORDER BY id', [{ n: 2 }, { n: null }]]] },
      sqlite: 'not supported',
      mysql: 'not supported',
    },
  },
  {
    title: 'a raw type replaces a portable one',
    from: table('code: text?'),
    to: table('code: { type: { sql: "varchar(30)" }, nullable: true }'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a collation is set and taken away',
    from: table('name: text?'),
    to: table('name: { type: text?, overrides: { postgres: { collation: C }, sqlite: { collation: NOCASE } } }'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'B')",
    expected: {
      postgres: { always: [ids], up: [["SELECT count(*) AS n FROM items WHERE name < 'a'", [{ n: 1 }]]] },
      sqlite: {
        always: [ids],
        up: [["SELECT count(*) AS n FROM items WHERE name = 'b'", [{ n: 1 }]]],
        down: [["SELECT count(*) AS n FROM items WHERE name = 'b'", [{ n: 0 }]]],
      },
      mysql: 'not supported',
    },
  },
])

matrix('null, defaults, identity', [
  {
    title: 'a column must be filled',
    from: table('name: text?'),
    to: table('name: text!'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a column must be filled, and a row is not',
    from: table('name: text?'),
    to: table('name: text!'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, null)",
    expected: everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /null/i } }),
  },
  {
    title: 'a column need not be filled',
    from: table('name: text!'),
    to: table('name: text?'),
    rows: "INSERT INTO items VALUES (1, 'a'), (2, 'b')",
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a default comes',
    from: table('n: int?'),
    to: table('n: int? = 3'),
    rows: two,
    between: 'INSERT INTO items (id) VALUES (3)',
    expected: everywhere({
      up: [
        [
          'SELECT id, n FROM items WHERE id < 3 ORDER BY 1',
          [
            { id: 1, n: null },
            { id: 2, n: null },
          ],
        ],
      ],
      down: [['SELECT n FROM items WHERE id = 3', [{ n: 3 }]]],
    }),
  },
  {
    title: 'a default goes',
    from: table('n: int? = 3'),
    to: table('n: int?'),
    rows: two,
    between: 'INSERT INTO items (id) VALUES (3)',
    expected: everywhere({
      down: [
        [
          'SELECT id, n FROM items ORDER BY 1',
          [
            { id: 1, n: 3 },
            { id: 2, n: 3 },
            { id: 3, n: null },
          ],
        ],
      ],
    }),
  },
  ...(
    [
      ['number to number', 'v: int! = 1', 'v: int! = -2'],
      ['text with quotes', "v: text! = 'a'", `v: text! = 'it''s; "q" -- no'`],
      ['false to true', 'v: boolean! = false', 'v: boolean! = true'],
      ['a moment to now', "v: timestamp! = '2020-01-01T00:00:00Z'", 'v: timestamp! = now()'],
      ['none to a random key', 'v: uuid?', 'v: uuid? = gen_uuid()'],
      ['JSON', 'v: json! = {}', `v: { type: json!, default: { value: { a: ["x", null, 1.5, "it's"] } } }`],
      ['JSON list', 'v: json! = []', 'v: json! = {}'],
      ['jsonb', 'v: jsonb? = {}', 'v: jsonb? = {"a":1}'],
      ['a day', 'v: date?', 'v: date? = today()'],
      ['a decimal', 'v: decimal(8, 2)! = 1.5', 'v: decimal(8, 2)! = 2.25'],
      ['SQL', 'v: int?', 'v: { type: int?, default: { sql: "(1 + 2)" } }'],
      ['an empty text', 'v: text?', "v: text? = ''"],
    ] as const
  ).map(([title, before, after]) => ({
    title: `a default changes: ${title}`,
    from: table(before),
    to: table(after),
    rows: two,
    between: 'INSERT INTO items (id) VALUES (3)',
    expected: everywhere({ always: [['SELECT id FROM items WHERE id < 3 ORDER BY id', ids[1]]] }),
  })),
  {
    title: 'a key becomes an identity',
    from: table(),
    to: table().replace('primary', 'primary identity'),
    rows: 'INSERT INTO items VALUES (40)',
    between: { postgres: 'INSERT INTO items DEFAULT VALUES', sqlite: 'INSERT INTO items DEFAULT VALUES' },
    expected: {
      postgres: {
        always: [],
        up: [['SELECT id FROM items WHERE id = 40', [{ id: 40 }]]],
        down: [['SELECT id FROM items ORDER BY 1', [{ id: 40 }, { id: 41 }]]],
      },
      sqlite: 'not supported',
      mysql: {},
    },
  },
  {
    title: 'an identity becomes a plain key',
    from: table().replace('primary', 'primary identity'),
    to: table(),
    rows: 'INSERT INTO items DEFAULT VALUES',
    expected: {
      postgres: { always: [['SELECT id FROM items', [{ id: 1 }]]] },
      sqlite: 'not supported',
      mysql: 'not supported',
    },
  },
  {
    title: 'an identity changes its mode',
    from: table().replace('primary', 'primary identity'),
    to: table().replace('primary', 'primary identity(always)'),
    rows: 'INSERT INTO items DEFAULT VALUES',
    expected: {
      postgres: { always: [['SELECT id FROM items', [{ id: 1 }]]] },
      sqlite: 'not supported',
      mysql: 'not supported',
    },
  },
  {
    title: 'a serial becomes an identity',
    from: table().replace('primary', 'primary identity(serial)'),
    to: table().replace('primary', 'primary identity'),
    rows: 'INSERT INTO items DEFAULT VALUES',
    between: 'INSERT INTO items DEFAULT VALUES',
    expected: {
      postgres: { down: [['SELECT id FROM items ORDER BY 1', [{ id: 1 }, { id: 2 }]]] },
      sqlite: 'not supported',
      mysql: 'not supported',
    },
  },
  {
    title: 'an identity is added to a table as a new column',
    from: table('n: int?'),
    to: table('n: int?', 'no: bigint! identity'),
    rows: two,
    expected: {
      postgres: { always: [ids], up: [['SELECT count(DISTINCT no) AS n FROM items', [{ n: 2 }]]] },
      sqlite: { refused: { at: 'entities', code: 'YAMA_ENTITY_INVALID', words: /no/ } },
      mysql: { refused: { at: 'entities', code: 'YAMA_ENTITIES_REFUSED', words: /auto column/ } },
    },
  },
])

matrix('generated columns', [
  {
    title: 'a stored one is added',
    from: table('net: int?'),
    to: table('net: int?', 'gross: { type: int, generated: "net * 2" }'),
    rows: 'INSERT INTO items VALUES (1, 10), (2, 20)',
    expected: everywhere({ always: [ids], up: [['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]] }),
  },
  {
    title: 'a virtual one is added',
    from: table('net: int?'),
    to: table('net: int?', 'gross: { type: int, generated: "net * 2", stored: false }'),
    rows: 'INSERT INTO items VALUES (1, 10), (2, 20)',
    expected: {
      postgres: 'not supported',
      sqlite: { always: [ids], never: [/_yama_new/], up: [['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]] },
      mysql: 'not supported',
    },
  },
  {
    title: 'its expression changes',
    from: table('net: int?', 'gross: { type: int, generated: "net * 2" }'),
    to: table('net: int?', 'gross: { type: int, generated: "net * 3" }'),
    rows: 'INSERT INTO items (id, net) VALUES (1, 10), (2, 20)',
    expected: everywhere({
      always: [ids],
      up: [['SELECT gross FROM items ORDER BY id', [{ gross: 30 }, { gross: 60 }]]],
      down: [['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]],
    }),
  },
  {
    title: 'it becomes a plain column',
    from: table('net: int?', 'gross: { type: int, generated: "net * 2" }'),
    to: table('net: int?', 'gross: int?'),
    rows: 'INSERT INTO items (id, net) VALUES (1, 10), (2, 20)',
    expected: everywhere({ always: [ids], up: [['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]] }),
  },
  {
    title: 'it is dropped',
    from: table('net: int?', 'gross: { type: int, generated: "net * 2" }'),
    to: table('net: int?'),
    rows: 'INSERT INTO items (id, net) VALUES (1, 10), (2, 20)',
    expected: everywhere({
      always: [ids],
      never: [/loses (?!nothing)/],
      down: [['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]],
    }),
  },
  {
    title: 'the column under it changes its type',
    from: table('net: int?', 'gross: { type: bigint, generated: "net * 2" }'),
    to: table('net: bigint?', 'gross: { type: bigint, generated: "net * 2" }'),
    rows: 'INSERT INTO items (id, net) VALUES (1, 10), (2, 20)',
    expected: everywhere({ always: [ids, ['SELECT gross FROM items ORDER BY id', [{ gross: 20 }, { gross: 40 }]]] }),
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
