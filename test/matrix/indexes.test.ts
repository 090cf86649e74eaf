import { everywhere, matrix, NOT_SUPPORTED, type Outcome } from './lifecycle.ts'

/** MySQL and MariaDB index no text without a length. */
const name = 'name: { type: text?, overrides: { mysql: { type: string(60)? }, mariadb: { type: string(60)? } } }'

const item = (indexes: string, fields = ''): string => `
entities:
  Item:
    table: items
    fields:
      id: int! primary
      ${name}
      size: int?
      deletedAt: timestamp?
      meta: jsonb! = {}
${fields}${indexes === '' ? '' : `    indexes: [${indexes}]\n`}`
const rows = "INSERT INTO items (id, name, size) VALUES (1, 'a', 10), (2, 'B', 20)"
const kept: Outcome = {
  always: [
    [
      'SELECT name, size FROM items ORDER BY id',
      [
        { name: 'a', size: 10 },
        { name: 'B', size: 20 },
      ],
    ],
  ],
  never: [/_yama_new/],
}
const onPostgres = { postgres: kept, sqlite: NOT_SUPPORTED, mysql: NOT_SUPPORTED } as const
const notOnMysql = { ...everywhere(kept), mysql: NOT_SUPPORTED } as const

const kinds = [
  ['a plain one', '{ fields: [name] }', everywhere(kept)],
  ['of two columns', '{ fields: [size, name] }', everywhere(kept)],
  ['a unique one', '{ fields: [name], unique: true }', everywhere(kept)],
  ['a partial one', '{ fields: [name], where: "deleted_at is null" }', notOnMysql],
  ['a unique partial one', '{ name: items_live, fields: [name], unique: true, where: "deleted_at is null and size > 0" }', notOnMysql],
  ['of an expression', '{ name: items_lower, expression: "lower(name)" }', notOnMysql],
  ['of an expression and a column', '{ name: items_mixed, fields: [size, { expression: "lower(name)", order: desc }] }', notOnMysql],
  ['descending', '{ fields: [size desc, name] }', everywhere(kept)],
  ['nulls last', '{ fields: [size desc nulls last], only: [postgres] }, { fields: [id, size] }', everywhere(kept)],
  ['including', '{ fields: [size], include: [name], only: [postgres] }', onPostgres],
  ['of a method', '{ fields: [meta], using: gin, only: [postgres] }', onPostgres],
  ['of a hash', '{ fields: [name], using: hash, only: [postgres] }', onPostgres],
  ['with an operator class', '{ fields: [{ field: name, operatorClass: text_pattern_ops }], only: [postgres] }', onPostgres],
  ['with a storage parameter', '{ fields: [name], options: { fillfactor: "70" }, only: [postgres] }', onPostgres],
] as const

matrix('indexes', [
  ...kinds.map(([title, index, expected]) => ({ title: `${title} comes`, from: item(''), to: item(index), rows, expected })),
  ...kinds.map(([title, index, expected]) => ({ title: `${title} goes`, from: item(index), to: item(''), rows, expected })),
  {
    title: 'one is renamed',
    from: item('{ name: old_name, fields: [name] }'),
    to: item('{ name: new_name, was: old_name, fields: [name] }'),
    rows,
    expected: { postgres: { ...kept, says: [/ALTER INDEX/], never: [/DROP INDEX/] }, sqlite: kept, mysql: { ...kept } },
  },
  {
    title: 'one gets another column',
    from: item('{ name: i, fields: [name] }'),
    to: item('{ name: i, fields: [name, size] }'),
    rows,
    expected: everywhere(kept),
  },
  {
    title: 'one becomes unique',
    from: item('{ name: i, fields: [name] }'),
    to: item('{ name: i, fields: [name], unique: true }'),
    rows,
    expected: everywhere(kept),
  },
  {
    title: 'one becomes partial',
    from: item('{ name: i, fields: [name] }'),
    to: item('{ name: i, fields: [name], where: "size > 1" }'),
    rows,
    expected: { ...everywhere(kept), mysql: { refused: { at: 'entities', code: 'YAMA_MYSQL_NOT_SUPPORTED', words: /partial/ } } },
  },
  {
    title: 'one turns its order',
    from: item('{ name: i, fields: [size] }'),
    to: item('{ name: i, fields: [size desc] }'),
    rows,
    expected: everywhere(kept),
  },
  {
    title: 'one changes its expression',
    from: item('{ name: i, expression: "lower(name)" }'),
    to: item('{ name: i, expression: "upper(name)" }'),
    rows,
    expected: { ...everywhere(kept), mysql: NOT_SUPPORTED },
  },
  {
    title: 'one moves to a new column',
    from: item('{ name: i, fields: [name] }'),
    to: item('{ name: i, fields: [extra] }', '      extra: int?\n'),
    rows,
    expected: everywhere(kept),
  },
  {
    title: 'a unique one comes and the rows have duplicates',
    from: item(''),
    to: item('{ fields: [meta], unique: true }'),
    rows,
    unproved: 'it is the rows that are tested',
    expected: {
      ...everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /unique|duplicate/i } }),
      mysql: {
        refused: {
          at: 'generate',
          code: 'YAMA_ENTITIES_REFUSED',
          words: /JSON column 'meta' supports indexing only via generated columns/,
        },
      },
      mariadb: { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /duplicate/i } },
    },
  },
  {
    title: 'one survives a change of its table',
    from: item('{ name: i, expression: "lower(name)", where: "size > 1" }, { fields: [size desc] }'),
    to: item('{ name: i, expression: "lower(name)", where: "size > 1" }, { fields: [size desc] }').replace(name, "name: string(9)! = 'x'"),
    rows,
    expected: { ...everywhere({ ...kept, never: [] }), mysql: NOT_SUPPORTED },
  },
  {
    title: 'a unique key becomes a unique index',
    from: item('').replace(name, name.replace('text?,', 'text?, unique: true,')),
    to: item('{ name: items_name_uq, fields: [name], unique: true }'),
    rows,
    expected: everywhere({ ...kept, never: [] }),
  },
])
