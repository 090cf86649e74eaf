import { everywhere, matrix } from './lifecycle.ts'
import { base, ids, item, rows } from './rooms.ts'

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
