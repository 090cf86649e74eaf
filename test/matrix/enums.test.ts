import { everywhere, matrix, type Outcome } from './lifecycle.ts'

interface Shape {
  readonly strategy?: 'native' | 'check' | 'lookup'
  readonly renamed?: string
  readonly field?: string
  readonly more?: string
}

/** A table whose `role` has the given values. */
const role = (values: string, { strategy, renamed, field = 'Role? ', more = '' }: Shape = {}): string => `
enums:
  Role:
    values: [${values}]
${strategy === undefined ? '' : `    strategy: ${strategy}\n`}${renamed === undefined ? '' : `    renamed: { ${renamed} }\n`}entities:
  Person:
    table: people
    fields:
      id: int! primary
      role: ${field}
${more}`

const rows = "INSERT INTO people (id, role) VALUES (1, 'user'), (2, 'admin')"
const kept: Outcome['always'] = [
  [
    'SELECT id, role FROM people ORDER BY id',
    [
      { id: 1, role: 'user' },
      { id: 2, role: 'admin' },
    ],
  ],
]
const renamedUp: Outcome['up'] = [
  [
    'SELECT id, role FROM people ORDER BY id',
    [
      { id: 1, role: 'user' },
      { id: 2, role: 'chief' },
    ],
  ],
]

const strategies = [undefined, 'check'] as const
const name = (strategy: string | undefined): string => (strategy === undefined ? 'the usual strategy' : `the strategy ${strategy}`)

for (const strategy of strategies) {
  const shape: Shape = strategy === undefined ? {} : { strategy }
  const same = everywhere({ always: kept })
  matrix(`enums with ${name(strategy)}`, [
    { title: 'a value is added at the end', from: role('user, admin', shape), to: role('user, admin, guest', shape), rows, expected: same },
    {
      title: 'a value is added at the start',
      from: role('user, admin', shape),
      to: role('guest, user, admin', shape),
      rows,
      expected: same,
    },
    {
      title: 'values are added in the middle',
      from: role('user, admin', shape),
      to: role(`user, guest, "it's", admin`, shape),
      rows,
      expected: same,
    },
    {
      title: 'a value gets another name with its column, table and type',
      from: role('user, admin', shape),
      to: `
enums:
  Duty:
    was: Role
    values: [user, chief]
    renamed: { admin: chief }
${strategy === undefined ? '' : `    strategy: ${strategy}\n`}entities:
  Worker:
    table: workers
    was: people
    fields:
      id: int! primary
      duty: Duty? was:role
`,
      rows,
      expected: everywhere({
        up: [
          [
            'SELECT id, duty FROM workers ORDER BY id',
            [
              { id: 1, duty: 'user' },
              { id: 2, duty: 'chief' },
            ],
          ],
        ],
        down: kept ?? [],
      }),
    },
    {
      title: 'a value that no row has is taken away',
      from: role('user, guest, admin', shape),
      to: role('user, admin', shape),
      rows,
      unproved: 'the rows of the proof have the value',
      expected: everywhere({ always: kept }),
    },
    {
      title: 'a value that a row has is taken away',
      from: role('user, guest, admin', shape),
      to: role('user, guest', shape),
      rows,
      unproved: 'the rows of the proof have the value',
      expected: everywhere({ refused: { at: 'up', code: 'YAMA_MIGRATION_FAILED' } }),
    },
    {
      title: 'values change their order',
      from: role('user, guest, admin', shape),
      to: role('admin, guest, user', shape),
      rows,
      expected: same,
    },
    {
      title: 'a value is renamed',
      from: role('user, admin', shape),
      to: role('user, chief', { ...shape, renamed: 'admin: chief' }),
      rows,
      expected: {
        postgres: {
          up: renamedUp,
          down: kept ?? [],
          ...(strategy === undefined ? { says: [/RENAME VALUE 'admin' TO 'chief'/] } : { says: [/UPDATE/] }),
          never: [/DROP TYPE/, /loses (?!nothing)/],
        },
        sqlite: { up: renamedUp, down: kept ?? [], never: [/loses (?!nothing)/] },
        mysql: {
          up: renamedUp,
          down: kept ?? [],
          ...(strategy === undefined ? {} : { says: [/UPDATE/] }),
        },
      },
    },
    {
      title: 'a value is renamed that is the default, and stands in a check, an index and a view',
      from: `${role('user, admin', { ...shape, field: 'Role! = admin', more: `    indexes: [{ name: admins, fields: [id], where: "role = 'admin'", overrides: { mysql: { skip: true, reason: none }, mariadb: { skip: true, reason: none } } }]\n    checks: { known: "id > 0 or role <> 'admin'" }\n` })}views: { chiefs: { query: "select id from people where role = 'admin'" } }\n`,
      to: `${role('user, chief', { ...shape, renamed: 'admin: chief', field: 'Role! = chief', more: `    indexes: [{ name: admins, fields: [id], where: "role = 'chief'", overrides: { mysql: { skip: true, reason: none }, mariadb: { skip: true, reason: none } } }]\n    checks: { known: "id > 0 or role <> 'chief'" }\n` })}views: { chiefs: { query: "select id from people where role = 'chief'" } }\n`,
      rows,
      expected: everywhere({
        up: [...(renamedUp ?? []), ['SELECT id FROM chiefs', [{ id: 2 }]]],
        down: [...(kept ?? []), ['SELECT id FROM chiefs', [{ id: 2 }]]],
        never: [/loses (?!nothing)/],
      }),
    },
    {
      title: 'a value is renamed while others come',
      from: role('user, admin', shape),
      to: role('guest, user, chief, last', { ...shape, renamed: 'admin: chief, gone: guest' }),
      rows,
      expected: everywhere({ up: renamedUp, down: kept ?? [], never: [/loses (?!nothing)/] }),
    },
    {
      title: 'an old renaming stays in the file and changes nothing',
      from: role('user, chief', { ...shape, renamed: 'admin: chief' }),
      to: role('user, chief, guest', { ...shape, renamed: 'admin: chief' }),
      rows: "INSERT INTO people (id, role) VALUES (1, 'user'), (2, 'chief')",
      expected: everywhere({ always: renamedUp ?? [], never: [/RENAME VALUE/, /UPDATE/] }),
    },
    {
      title: 'an enum comes with its column',
      from: 'entities: { Person: { table: people, fields: { id: int! primary } } }',
      to: role('user, admin', { ...shape, field: 'Role! = user' }),
      rows: 'INSERT INTO people (id) VALUES (1)',
      expected: everywhere({ up: [['SELECT role FROM people', [{ role: 'user' }]]], down: [['SELECT id FROM people', [{ id: 1 }]]] }),
    },
    {
      title: 'an enum goes and its column becomes text',
      from: role('user, admin', shape),
      to: 'entities: { Person: { table: people, fields: { id: int! primary, role: text? } } }',
      rows,
      unproved: strategy === undefined ? 'rows of the proof' : '',
      expected: everywhere({ always: kept }),
    },
  ])
}

matrix('enums', [
  {
    title: 'a value is added, used as the default, and no row has it',
    from: role('user, admin', { field: 'Role! = user' }),
    to: role('user, guest, admin', { field: 'Role! = guest' }),
    rows,
    expected: { postgres: { files: 2, always: kept }, sqlite: { always: kept }, mysql: { always: kept } },
  },
  {
    title: 'a value is added and used in a check and an index',
    from: role('user, admin'),
    to: role('user, admin, guest', {
      more: `    indexes: [{ name: guests, fields: [id], where: "role = 'guest'", overrides: { mysql: { skip: true, reason: none }, mariadb: { skip: true, reason: none } } }]\n`,
    }),
    rows,
    expected: { postgres: { files: 2, always: kept }, sqlite: { always: kept }, mysql: { always: kept } },
  },
  {
    title: 'native becomes check',
    from: role('user, admin'),
    to: role('user, admin', { strategy: 'check' }),
    rows,
    expected: { postgres: { always: kept }, sqlite: 'not supported', mysql: 'not supported' },
  },
  {
    title: 'check becomes native',
    from: role('user, admin', { strategy: 'check' }),
    to: role('user, admin', { strategy: 'native' }),
    rows,
    unproved: 'rows of the proof',
    expected: { postgres: { always: kept }, sqlite: 'not supported', mysql: 'not supported' },
  },
  {
    title: 'a type is renamed',
    from: role('user, admin'),
    to: role('user, admin', { field: 'Rank?' }).replace('Role:', 'Rank:\n    was: role'),
    rows,
    expected: { postgres: { always: kept, says: [/ALTER TYPE .*RENAME TO/] }, sqlite: 'not supported', mysql: 'not supported' },
  },
  {
    title: 'an enum stands in its field',
    from: 'entities: { Person: { table: people, fields: { id: int! primary } } }',
    to: 'entities:\n  Person:\n    table: people\n    fields:\n      id: int! primary\n      state: enum(open, done)! = open\n',
    rows: 'INSERT INTO people (id) VALUES (1)',
    expected: everywhere({ up: [['SELECT state FROM people', [{ state: 'open' }]]] }),
  },
  {
    title: 'a list of an enum',
    from: role('user, admin', { field: 'Role[]?' }),
    to: role('user, guest, admin', { field: 'Role[]?' }),
    rows: { postgres: "INSERT INTO people (id, role) VALUES (1, '{user}')" },
    expected: {
      postgres: { always: [['SELECT role[1] AS r FROM people', [{ r: 'user' }]]] },
      sqlite: 'not supported',
      mysql: 'not supported',
    },
  },
])
