import { ids, table, two } from './items.ts'
import { everywhere, matrix } from './lifecycle.ts'

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
