import { everywhere, matrix, type Behaviour, type Outcome } from './lifecycle.ts'
import type { Answer } from './matrix-project.ts'

interface Shape {
  readonly renamed?: string
  readonly field?: string
  readonly table?: string
}

/** A table whose `role` refers to a lookup table with the given values. */
const role = (values: string, { renamed, field = 'Role?', table = '' }: Shape = {}): string => `
enums:
  Role:
    values: [${values}]
    strategy: lookup
${table}${renamed === undefined ? '' : `    renamed: { ${renamed} }\n`}entities:
  Person:
    table: people
    fields:
      id: int! primary
      role: ${field}
`
const text = 'entities: { Person: { table: people, fields: { id: int! primary, role: "string?" } } }'
const alone = 'entities: { Person: { table: people, fields: { id: int! primary } } }'

const rows = "INSERT INTO people (id, role) VALUES (1, 'user'), (2, 'admin')"
const codes = (...values: readonly string[]): Answer => ['SELECT code FROM role ORDER BY code', values.toSorted().map((code) => ({ code }))]
const people = (...values: readonly string[]): Answer => [
  'SELECT id, role FROM people ORDER BY id',
  values.map((value, at) => ({ id: at + 1, role: value })),
]
const kept = people('user', 'admin')
const failed: Outcome = { refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED', words: /foreign key|without their parent/i } }
// The table is made by then, and what makes tables commits there.
const partial: Outcome = { refused: { at: 'up', code: 'YAMA_MIGRATION_PARTIAL', words: /foreign key/i, partial: true } }
const refusedUp: Behaviour['expected'] = { postgres: failed, sqlite: failed, mysql: partial }

matrix('lookup enums', [
  {
    title: 'the table comes with its rows, and goes with them',
    from: alone,
    to: role('user, admin'),
    rows: 'INSERT INTO people (id) VALUES (1)',
    expected: everywhere({ up: [codes('user', 'admin')], says: [/INSERT INTO/] }),
  },
  {
    title: 'the table comes with a column that has a default',
    from: alone,
    to: role('user, admin', { field: 'Role! = user' }),
    rows: 'INSERT INTO people (id) VALUES (1), (2)',
    expected: everywhere({ up: [codes('user', 'admin'), people('user', 'user')] }),
  },
  {
    title: 'a text column becomes one with a lookup table',
    from: text,
    to: role('user, admin'),
    rows,
    expected: everywhere({ always: [kept], up: [codes('user', 'admin')] }),
  },
  {
    title: 'a text column has a value that the lookup table does not get',
    from: text,
    to: role('user, guest'),
    rows,
    expected: refusedUp,
  },
  {
    title: 'values come, with quotes and other letters',
    from: role('user, admin'),
    to: role(`"it's", 'a\\b', user, größe, admin`),
    rows,
    expected: everywhere({
      always: [kept],
      up: [["SELECT count(*) AS n FROM role WHERE code = 'it''s' OR code = 'größe'", [{ n: 2 }]]],
      down: [codes('user', 'admin')],
      never: [/loses (?!nothing)/],
    }),
  },
  {
    title: 'a value goes that no row has',
    from: role('user, guest, admin'),
    to: role('user, admin'),
    rows,
    expected: everywhere({ always: [kept], up: [codes('user', 'admin')], down: [codes('user', 'guest', 'admin')] }),
  },
  {
    title: 'a value goes that a row has',
    from: role('user, admin'),
    to: role('user, guest'),
    rows,
    expected: everywhere(failed),
  },
  {
    title: 'a value is renamed, rows and all',
    from: role('user, admin'),
    to: role('user, chief', { renamed: 'admin: chief' }),
    rows,
    expected: everywhere({
      up: [people('user', 'chief'), codes('user', 'chief')],
      down: [kept, codes('user', 'admin')],
      says: [/UPDATE/],
      never: [/loses (?!nothing)/],
    }),
  },
  {
    title: 'a value is renamed that is the default, while others come and go',
    from: role('user, admin, old', { field: 'Role! = admin' }),
    to: role('user, chief, guest', { renamed: 'admin: chief, never: user', field: 'Role! = chief' }),
    rows,
    expected: everywhere({
      up: [people('user', 'chief'), codes('user', 'chief', 'guest')],
      down: [kept, codes('user', 'admin', 'old')],
    }),
  },
  {
    title: 'an old renaming stays in the file and changes nothing',
    from: role('user, chief', { renamed: 'admin: chief' }),
    to: role('user, chief, guest', { renamed: 'admin: chief' }),
    rows: "INSERT INTO people (id, role) VALUES (1, 'user'), (2, 'chief')",
    expected: everywhere({ always: [people('user', 'chief')], never: [/UPDATE people/] }),
  },
  {
    title: 'the order of the values means nothing, and the table is renamed with its rows',
    from: role('user, admin'),
    to: role('admin, user, guest', { field: 'Role?', table: '    name: kinds\n    was: role\n' }),
    rows,
    expected: everywhere({
      always: [kept],
      up: [['SELECT code FROM kinds ORDER BY code', [{ code: 'admin' }, { code: 'guest' }, { code: 'user' }]]],
      down: [codes('user', 'admin')],
      never: [/loses (?!nothing)/],
    }),
  },
  {
    title: 'the lookup table goes, and Down brings it back with its rows',
    from: role('user, admin'),
    to: text,
    rows,
    expected: everywhere({ always: [kept], down: [codes('user', 'admin')] }),
  },
  {
    title: 'rows that stand in a migration of somebody’s own table of codes are his',
    from: 'entities: { Coupon: { table: role, fields: { code: string(20)! primary } } }',
    to: 'entities: { Coupon: { table: role, fields: { code: string(30)! primary } } }',
    byHand: {
      postgres: "INSERT INTO role VALUES ('a')",
      sqlite: "INSERT INTO role VALUES ('a')",
      mysql: "INSERT INTO role VALUES ('a')",
    },
    expected: everywhere({ always: [codes('a')], never: [/DELETE/] }),
    unproved: 'the rows of the proof are those of the migration',
  },
])
