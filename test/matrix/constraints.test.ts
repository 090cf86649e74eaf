import { everywhere, matrix } from './lifecycle.ts'

const item = (fields: readonly string[], rest = ''): string => `
entities:
  Item:
    table: items
    fields:
${fields.map((field) => `      ${field}`).join('\n')}
${rest}`
const base = ['id: int! primary', 'room: int!', 'name: string(40)?']
const rows = "INSERT INTO items (id, room, name) VALUES (1, 1, 'a'), (2, 1, 'b')"
const ids = [
  'SELECT id, room, name FROM items ORDER BY id',
  [
    { id: 1, room: 1, name: 'a' },
    { id: 2, room: 1, name: 'b' },
  ],
] as const

matrix('keys', [
  {
    title: 'a single key becomes a composite one',
    from: item(base),
    to: item(['id: int!', ...base.slice(1)], '    primary: [room, id]\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a composite key becomes a single one',
    from: item(['id: int!', ...base.slice(1)], '    primary: [room, id]\n'),
    to: item(base),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a composite key changes its order',
    from: item(['id: int!', ...base.slice(1)], '    primary: [room, id]\n'),
    to: item(['id: int!', ...base.slice(1)], '    primary: [id, room]\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a key comes to a table that had none',
    from: item(['id: int!', ...base.slice(1)]),
    to: item(base),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  { title: 'a key goes', from: item(base), to: item(['id: int!', ...base.slice(1)]), rows, expected: everywhere({ always: [ids] }) },
  {
    title: 'a key moves to another column while others point at the table',
    from: `${item([...base, 'code: uuid! unique = gen_uuid()'])}  Part: { table: parts, fields: { id: int! primary, item: { relation: Item!, references: code, column: item_code } } }\n`,
    to: `${item(['id: int!', ...base.slice(1), 'code: uuid! unique = gen_uuid()'], '    primary: [code]\n').replace('uuid! unique', 'uuid!')}  Part: { table: parts, fields: { id: int! primary, item: { relation: Item!, references: code, column: item_code } } }\n`,
    rows: `${rows}; INSERT INTO parts SELECT id, code FROM items`,
    expected: everywhere({ always: [ids, ['SELECT count(*) AS n FROM parts JOIN items ON code = item_code', [{ n: 2 }]]] }),
  },
  {
    title: 'a unique key comes',
    from: item(base),
    to: item(['id: int! primary', 'room: int!', 'name: string(40)? unique']),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a unique key comes and the rows have duplicates',
    from: item(base),
    to: item(['id: int! primary', 'room: int! unique', 'name: string(40)?']),
    rows,
    unproved: 'it is the rows that are tested',
    expected: everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /unique/i } }),
  },
  {
    title: 'a unique key goes',
    from: item(base, '    unique: [[room, name]]\n'),
    to: item(base),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a unique key gets another column',
    from: item(base, '    unique: [{ name: items_uq, fields: [room, name] }]\n'),
    to: item(base, '    unique: [{ name: items_uq, fields: [room, name, id] }]\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a unique key gets a name',
    from: item(base, '    unique: [[room, name]]\n'),
    to: item(base, '    unique: [{ name: items_named, was: items_room_name_key, fields: [room, name] }]\n'),
    rows,
    expected: { postgres: { always: [ids], says: [/RENAME CONSTRAINT/] }, sqlite: { always: [ids] }, mysql: { always: [ids] } },
  },
  {
    title: 'nulls become equal in a unique key',
    from: item(base, '    unique: [{ fields: [name], nullsDistinct: true }]\n'),
    to: item(base, '    unique: [{ fields: [name], nullsDistinct: false }]\n'),
    rows,
    expected: {
      postgres: { always: [ids], says: [/NULLS NOT DISTINCT/] },
      sqlite: 'not supported',
      mysql: { refused: { at: 'entities', code: 'YAMA_MYSQL_NOT_SUPPORTED' } },
    },
  },
  {
    title: 'a unique key becomes deferrable',
    from: item(base, '    unique: [{ fields: [name] }]\n'),
    to: item(base, '    unique: [{ fields: [name], deferrable: deferred }]\n'),
    rows,
    expected: {
      postgres: { always: [ids], says: [/DEFERRABLE/] },
      sqlite: 'not supported',
      mysql: { refused: { at: 'entities', code: 'YAMA_MYSQL_NOT_SUPPORTED' } },
    },
  },
])

matrix('checks', [
  {
    title: 'a check comes',
    from: item(base),
    to: item(base, '    checks: { room_positive: "room > 0" }\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a check comes that a row does not meet',
    from: item(base),
    to: item(base, '    checks: { room_positive: "room > 1" }\n'),
    rows,
    unproved: 'it is the rows that are tested',
    expected: everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /room_positive/ } }),
  },
  {
    title: 'a check changes',
    from: item(base, '    checks: { room_positive: "room > 0" }\n'),
    to: item(base, '    checks: { room_positive: "room >= 0 and name <> \'\'" }\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a check goes',
    from: item(base, '    checks: { room_positive: "room > 0" }\n'),
    to: item(base),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a check is renamed',
    from: item(base, '    checks: { room_positive: "room > 0" }\n'),
    to: item(base, '    checks: { room_counts: { expression: "room > 0", was: room_positive } }\n'),
    rows,
    expected: { postgres: { always: [ids], says: [/RENAME CONSTRAINT/] }, sqlite: { always: [ids] }, mysql: { always: [ids] } },
  },
  {
    title: 'a check without a name',
    from: item(base),
    to: item(base, '    checks: ["room > 0", "length(name) < 10"]\n'),
    rows,
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a check is written otherwise and means the same',
    from: item(base, '    checks: { room_positive: "room > 0" }\n'),
    to: item([...base, 'extra: int?'], '    checks: { room_positive: "(room>0)" }\n'),
    rows,
    expected: { postgres: { always: [ids], never: [/CHECK/] }, sqlite: { always: [ids] }, mysql: { always: [ids] } },
  },
])

const child = (field: string, rest = ''): string => `${item(base)}  Part:
    table: parts
    fields:
      id: int! primary
      ${field}
${rest}`
const parts = `${rows}; INSERT INTO parts (id, item_id) VALUES (10, 1), (11, 2)`
const both = [
  ids,
  [
    'SELECT id, item_id FROM parts ORDER BY id',
    [
      { id: 10, item_id: 1 },
      { id: 11, item_id: 2 },
    ],
  ],
] as const

matrix('foreign keys', [
  { title: 'a key comes', from: child('itemId: int?'), to: child('item: Item?'), rows: parts, expected: everywhere({ always: both }) },
  {
    title: 'a key comes and a row points nowhere',
    from: child('itemId: int?'),
    to: child('item: Item?'),
    rows: `${parts}; INSERT INTO parts VALUES (12, 99)`,
    unproved: 'it is the rows that are tested',
    expected: {
      postgres: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /foreign key/i } },
      sqlite: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /without their parent: parts \(rowid 12\)/ } },
      mysql: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /foreign key/i } },
    },
  },
  { title: 'a key goes', from: child('item: Item?'), to: child('itemId: int?'), rows: parts, expected: everywhere({ always: both }) },
  ...(['cascade', 'setNull', 'restrict', 'noAction'] as const).map((action, at, all) => ({
    title: `a key's action becomes ${action}`,
    from: child(`item: { relation: Item?, onDelete: ${all[(at + 1) % all.length] ?? ''} }`),
    to: child(`item: { relation: Item?, onDelete: ${action}, onUpdate: cascade }`),
    rows: parts,
    expected: everywhere({ always: both }),
  })),
  {
    title: 'a key becomes deferrable',
    from: child('item: Item!'),
    to: child('item: Item! initiallyDeferred'),
    rows: parts,
    expected: { ...everywhere({ always: both }), mysql: { refused: { at: 'entities', code: 'YAMA_MYSQL_NOT_SUPPORTED' } } },
  },
  {
    title: 'a key points at another table',
    from: `${child('item: Item?')}  Room: { table: rooms, fields: { id: int! primary } }\n`,
    to: `${child('item: { relation: Room?, column: item_id }')}  Room: { table: rooms, fields: { id: int! primary } }\n`,
    rows: `${parts}; INSERT INTO rooms VALUES (1), (2)`,
    expected: everywhere({ always: both }),
  },
  {
    title: 'the parent of cascading children is rebuilt or altered, and no child is lost',
    from: child('item: Item! cascade indexed'),
    to: child('item: Item! cascade indexed').replace('name: string(40)?', "name: string(20)! = 'x'"),
    rows: parts,
    expected: everywhere({ always: both }),
  },
  {
    title: 'a table points at itself',
    from: item(base),
    to: item([...base, 'parent: Item? cascade']),
    rows,
    between: 'UPDATE items SET parent_id = 1 WHERE id = 2',
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'a table that points at itself changes',
    from: item([...base, 'parent: Item? cascade']),
    to: item([base[0] ?? '', 'room: bigint!', 'name: string(40)?', 'parent: Item? cascade'], '    checks: { r: "room > 0" }\n'),
    rows: `${rows}; UPDATE items SET parent_id = 1 WHERE id = 2`,
    expected: everywhere({ always: [ids, ['SELECT parent_id FROM items WHERE id = 2', [{ parent_id: 1 }]]] }),
  },
  {
    title: 'new tables point at each other in a circle',
    from: item(base),
    to: `${item(base)}  A: { fields: { id: int! primary, b: B?, item: Item? } }\n  B: { fields: { id: int! primary, c: C! } }\n  C: { fields: { id: int! primary, a: A? } }\n`,
    rows,
    between: 'INSERT INTO a (id) VALUES (1); INSERT INTO c VALUES (1, 1); INSERT INTO b VALUES (1, 1); UPDATE a SET b_id = 1',
    expected: everywhere({ always: [ids] }),
  },
  {
    title: 'tables in a circle are dropped',
    from: `${item(base)}  A: { fields: { id: int! primary, b: B? } }\n  B: { fields: { id: int! primary, a: A? } }\n`,
    to: item(base),
    rows: `${rows}; INSERT INTO a (id) VALUES (1); INSERT INTO b VALUES (1, 1); UPDATE a SET b_id = 1`,
    expected: everywhere({ always: [ids], says: [/loses (?!nothing)/] }),
  },
  {
    title: 'a circle of old tables comes to be',
    from: `${item(base)}  A: { fields: { id: int! primary, bId: int? } }\n  B: { fields: { id: int! primary, a: A? } }\n`,
    to: `${item(base)}  A: { fields: { id: int! primary, b: B? } }\n  B: { fields: { id: int! primary, a: A? } }\n`,
    rows: `${rows}; INSERT INTO a VALUES (1, 1); INSERT INTO b VALUES (1, 1)`,
    expected: everywhere({ always: [ids, ['SELECT a.id FROM a JOIN b ON b.id = a.b_id', [{ id: 1 }]]] }),
  },
  {
    title: 'the column and the key of a relation are renamed',
    from: child('item: Item! cascade'),
    to: child('thing: { relation: Item!, onDelete: cascade, was: item }'),
    rows: parts,
    expected: {
      postgres: { never: [/DROP/], up: [['SELECT thing_id FROM parts ORDER BY id', [{ thing_id: 1 }, { thing_id: 2 }]]], down: both },
      sqlite: { never: [/DROP/], up: [['SELECT thing_id FROM parts ORDER BY id', [{ thing_id: 1 }, { thing_id: 2 }]]], down: both },
      mysql: { up: [['SELECT thing_id FROM parts ORDER BY id', [{ thing_id: 1 }, { thing_id: 2 }]]], down: both },
    },
  },
  {
    title: 'a relation of several columns comes',
    from: `${item(['id: int!', ...base.slice(1)], '    primary: [room, id]\n')}`,
    to: `${item(['id: int!', ...base.slice(1)], '    primary: [room, id]\n')}  Part: { table: parts, fields: { id: int! primary, item: Item! cascade } }\n`,
    rows,
    between: 'INSERT INTO parts (id, item_room, item_id) VALUES (1, 1, 2)',
    expected: everywhere({ always: [ids] }),
  },
])

matrix('relations', [
  {
    title: 'many to many comes, and goes',
    from: `${item(base)}  Tag: { table: tags, fields: { id: int! primary } }\n`,
    to: `${item([...base, 'tags: Tag[] through:item_tags'])}  Tag: { table: tags, fields: { id: int! primary } }\n`,
    rows: `${rows}; INSERT INTO tags VALUES (5)`,
    between: 'INSERT INTO item_tags (item_id, tag_id) VALUES (1, 5)',
    expected: everywhere({ always: [ids, ['SELECT id FROM tags', [{ id: 5 }]]] }),
  },
  {
    title: 'a join table becomes an entity with attributes',
    from: `${item([...base, 'tags: Tag[] through:item_tags'])}  Tag: { table: tags, fields: { id: int! primary } }\n`,
    to: `${item([...base, 'tags: Tag[] through:item_tags'])}  Tag: { table: tags, fields: { id: int! primary } }\n  ItemTag: { table: item_tags, primary: [item, tag], fields: { item: Item! cascade, tag: Tag! cascade indexed, position: int! = 0 } }\n`,
    rows: `${rows}; INSERT INTO tags VALUES (5); INSERT INTO item_tags (item_id, tag_id) VALUES (1, 5)`,
    expected: everywhere({
      always: [ids, ['SELECT item_id, tag_id FROM item_tags', [{ item_id: 1, tag_id: 5 }]]],
      up: [['SELECT position FROM item_tags', [{ position: 0 }]]],
    }),
  },
  {
    title: 'a relation names its column',
    from: child('item: Item!'),
    to: child('item: { relation: Item!, column: thing, was: item_id }'),
    rows: parts,
    expected: everywhere({
      never: [/DROP (TABLE|COLUMN)/],
      up: [['SELECT thing FROM parts ORDER BY id', [{ thing: 1 }, { thing: 2 }]]],
      down: both,
    }),
  },
  {
    title: 'many to many with itself',
    from: item(base),
    to: item([...base, 'friends: Item[] through:item_friends']),
    rows,
    expected: everywhere({ always: [ids] }),
  },
])
