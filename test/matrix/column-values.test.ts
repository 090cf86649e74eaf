import { ids, table, two } from './items.ts'
import { everywhere, matrix } from './lifecycle.ts'

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
