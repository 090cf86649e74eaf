import { everywhere, matrix } from './lifecycle.ts'

/** The servers which quote names with backticks get an expression of their own. */
const both = (key: string, text: string): string => `overrides: { mysql: { ${key}: '${text}' }, mariadb: { ${key}: '${text}' } }`

const long = 'a_very_long_name_that_goes_on_and_on_until_it_is_too_long_x'

matrix('names', [
  {
    title: 'camel case becomes snake case, in columns, keys, checks and indexes',
    from: 'entities: { UserAccount: { fields: { id: int! primary } } }',
    to: `entities:\n  UserAccount:\n    fields:\n      id: int! primary\n      loginCount: int! = 0\n      createdAtUTC: timestamp?\n      parentAccount: UserAccount?\n    indexes: [{ fields: [loginCount, createdAtUTC desc] }]\n    unique: [[parentAccount, loginCount]]\n`,
    rows: 'INSERT INTO user_account (id) VALUES (1)',
    expected: everywhere({ says: [/login_count/, /parent_account_id/], always: [['SELECT id FROM user_account', [{ id: 1 }]]] }),
  },
  {
    title: 'names that are too long are cut with a hash, and stay what they are',
    from: 'entities: { A: { fields: { id: int! primary } } }',
    to: `entities:\n  A: { fields: { id: int! primary } }\n  Long:\n    table: ${long}\n    fields:\n      id: int! primary\n      ${long}: { type: int?, unique: true }\n      ${long}1: A? indexed\n      ${long}2: A? indexed\n    checks: [ "${long} > 0", "${long} < 9" ]\n    indexes: [{ fields: [${long}, id] }, { fields: [${long}, id desc] }]\n`,
    expected: everywhere({}),
  },
  {
    title: 'words of the language are names',
    from: 'entities: { Order: { table: order, fields: { id: int! primary, select: string(40)? } } }',
    to: `entities:\n  Order:\n    table: order\n    fields:\n      id: int! primary\n      select: string(40)?\n      from: int! = 1\n      group: { type: string(40), generated: '"select"', ${both('generated', '`select`')} }\n      user: Order?\n    indexes: [{ fields: [from, select] }, { name: table, fields: [from desc] }]\n    checks: { check: { expression: '"from" > 0', ${both('expression', '`from` > 0')} } }\n    unique: [[user, from]]\n`,
    rows: `INSERT INTO "order" (id, "select") VALUES (1, 'x')`,
    expected: everywhere({
      always: [['SELECT "select" AS s FROM "order"', [{ s: 'x' }]]],
      up: [['SELECT "group" AS g FROM "order"', [{ g: 'x' }]]],
    }),
  },
  {
    title: 'names with quotes, spaces, capitals and letters of the world',
    from: `entities:\n  Weird:\n    table: 'Straße "1"'\n    fields:\n      id: int! primary\n      a: { type: string(40)?, column: 'größe; DROP' }\n`,
    to: `entities:\n  Weird:\n    table: 'Straße "1"'\n    fields:\n      id: int! primary\n      a: { type: "string(40)!", default: 'é', column: 'größe; DROP' }\n      b: { type: int?, column: "it's" }\n      c: { type: int?, column: '数' }\n    indexes: [{ name: 'Ix ''ß''', fields: [a, c] }]\n    checks: { 'Prüf "x"': { expression: '"数" > 0', ${both('expression', '`数` > 0')} } }\n    unique: [{ name: 'uq.b', fields: [b] }]\n`,
    rows: `INSERT INTO "Straße ""1""" (id, "größe; DROP") VALUES (1, 'x')`,
    expected: everywhere({ always: [['SELECT "größe; DROP" AS s FROM "Straße ""1"""', [{ s: 'x' }]]] }),
  },
  {
    title: 'such a table is renamed with a column',
    from: `entities:\n  Weird:\n    table: 'Straße "1"'\n    fields:\n      id: int! primary\n      a: { type: string(40)?, column: 'größe; DROP' }\n    indexes: [{ fields: [a] }]\n`,
    to: `entities:\n  Weird:\n    table: 'a.b'\n    was: 'Straße "1"'\n    fields:\n      id: int! primary\n      a: { type: string(40)?, column: 'x "y"', was: 'größe; DROP' }\n    indexes: [{ fields: [a] }]\n`,
    rows: `INSERT INTO "Straße ""1""" (id, "größe; DROP") VALUES (1, 'x')`,
    expected: everywhere({
      never: [/DROP (TABLE|COLUMN)/],
      up: [['SELECT "x ""y""" AS s FROM "a.b"', [{ s: 'x' }]]],
      down: [['SELECT "größe; DROP" AS s FROM "Straße ""1"""', [{ s: 'x' }]]],
    }),
  },
])
