import { matrix, NOT_SUPPORTED, type Behaviour, type Outcome } from './lifecycle.ts'

const item = (options: string, size: string, more = ''): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary${options.includes('withoutRowid') ? '' : ' identity'}
      name: text?
      size: ${size}
${options === '' ? '' : `    options: { ${options} }\n`}${more}`
const child = `  Part:
    table: parts
    fields: { id: int! primary, item: Item! cascade, other: { relation: Item?, onDelete: setNull } }
`
const log = '  Log: { table: log, fields: { note: text? } }\nviews: { by_hand: { query: "select id, name from items" } }\n'
const triggers = `triggers:
  items_log:
    on: Item
    sql: CREATE TRIGGER items_log AFTER UPDATE OF name ON items BEGIN INSERT INTO log VALUES (new.name); END
  parts_log:
    on: Part
    sql: CREATE TRIGGER parts_log AFTER INSERT ON parts BEGIN UPDATE items SET name = name WHERE id = new.item_id; END
`
const only = (outcome: Outcome): Behaviour['expected'] => ({ postgres: NOT_SUPPORTED, sqlite: outcome, mysql: NOT_SUPPORTED })
const rows = "INSERT INTO items (id, name, size) VALUES (1, 'a', 10), (2, 'b', 20)"
const kept: Outcome['always'] = [
  [
    'SELECT id, name FROM items ORDER BY id',
    [
      { id: 1, name: 'a' },
      { id: 2, name: 'b' },
    ],
  ],
]
const changes = [
  ['a type', 'int?', 'text?'],
  ['a default', 'int? = 1', 'int? = 2'],
  ['a filled column', 'int?', 'int!'],
  ['a dropped column', 'int?', undefined],
] as const
const without = (text: string): string => text.replace(/\n {6}size:.*/, '')

matrix('tables of SQLite are rebuilt', [
  ...['strict: true', 'withoutRowid: true', 'strict: true, withoutRowid: true', 'autoincrement: true'].flatMap((options) =>
    changes.map(([what, before, after]) => ({
      title: `${options} is kept while ${what} changes`,
      from: item(options, before),
      to: after === undefined ? without(item(options, 'int?')) : item(options, after),
      rows,
      expected: only({ always: kept }),
    })),
  ),
  {
    title: 'AUTOINCREMENT goes on after the highest number that ever was',
    from: item('autoincrement: true', 'int?'),
    to: item('autoincrement: true', 'text?'),
    rows: `${rows}; INSERT INTO items (id) VALUES (77); DELETE FROM items WHERE id = 77`,
    between: "INSERT INTO items (name) VALUES ('c')",
    expected: only({ down: [['SELECT max(id) AS id FROM items', [{ id: 78 }]]] }),
  },
  { title: 'a table becomes strict', from: item('', 'int?'), to: item('strict: true', 'int?'), rows, expected: only({ always: kept }) },
  {
    title: 'a table loses its row numbers',
    from: item('', 'int?').replace(' identity', ''),
    to: item('withoutRowid: true', 'int?'),
    rows,
    expected: only({ always: kept }),
  },
  ...changes.map(([what, before, after]) => ({
    title: `triggers, views and children survive while ${what} changes`,
    from: `${item('', before)}${child}${log}${triggers}`,
    to: `${after === undefined ? without(item('', 'int?')) : item('', after)}${child}${log}${triggers}`,
    rows: `${rows}; INSERT INTO parts (id, item_id, other_id) VALUES (10, 1, 2), (11, 2, 1)`,
    between: 'DELETE FROM log; UPDATE items SET name = name WHERE id = 1',
    expected: only({
      always: [
        ...(kept ?? []),
        [
          'SELECT id, item_id, other_id FROM parts ORDER BY id',
          [
            { id: 10, item_id: 1, other_id: 2 },
            { id: 11, item_id: 2, other_id: 1 },
          ],
        ],
        ['SELECT id FROM by_hand ORDER BY 1', [{ id: 1 }, { id: 2 }]],
      ],
      down: [['SELECT note FROM log', [{ note: 'a' }]]],
    }),
  })),
])
