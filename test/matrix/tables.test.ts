import { everywhere, matrix } from './lifecycle.ts'

const users = (extra = ''): string => `
entities:
  User:
    table: users
    fields:
      id: int! primary
      name: string(40)!
${extra}`

const posts = (target: string): string => `
  Post:
    table: posts
    fields:
      id: int! primary
      author: ${target}! cascade indexed
`

const seeded =
  "INSERT INTO users (id, name) VALUES (1, 'Ann'), (2, 'Bob'); INSERT INTO posts (id, author_id) VALUES (10, 1), (11, 2), (12, 2)"
const kept = [
  'SELECT p.id, u.name FROM posts p JOIN users u ON u.id = p.author_id ORDER BY 1',
  [
    { id: 10, name: 'Ann' },
    { id: 11, name: 'Bob' },
    { id: 12, name: 'Bob' },
  ],
] as const

matrix('tables', [
  {
    title: 'a table is added, with a key to an old one',
    from: users(),
    to: users(posts('User')),
    rows: "INSERT INTO users (id, name) VALUES (1, 'Ann')",
    between: 'INSERT INTO posts (id, author_id) VALUES (10, 1)',
    expected: {
      postgres: { up: [['SELECT name FROM users', [{ name: 'Ann' }]]], down: [['SELECT name FROM users', [{ name: 'Ann' }]]] },
      sqlite: {
        never: ['_yama_new'],
        up: [['SELECT name FROM users', [{ name: 'Ann' }]]],
        down: [['SELECT name FROM users', [{ name: 'Ann' }]]],
      },
      mysql: { up: [['SELECT name FROM users', [{ name: 'Ann' }]]], down: [['SELECT name FROM users', [{ name: 'Ann' }]]] },
    },
  },
  {
    title: 'a table is dropped, and the one it points to keeps its rows',
    from: users(posts('User')),
    to: users(),
    rows: seeded,
    expected: {
      postgres: {
        says: [/loses (?!nothing)/],
        up: [['SELECT id FROM users ORDER BY 1', [{ id: 1 }, { id: 2 }]]],
        down: [['SELECT count(*) AS n FROM posts', [{ n: 0 }]]],
      },
      sqlite: {
        says: [/loses (?!nothing)/],
        up: [['SELECT id FROM users ORDER BY 1', [{ id: 1 }, { id: 2 }]]],
        down: [['SELECT count(*) AS n FROM posts', [{ n: 0 }]]],
      },
      mysql: {
        up: [['SELECT id FROM users ORDER BY 1', [{ id: 1 }, { id: 2 }]]],
        down: [['SELECT count(*) AS n FROM posts', [{ n: 0 }]]],
      },
    },
  },
  {
    title: 'a table is renamed with keys pointing at it and a view over it',
    from: `${users(posts('User'))}
views:
  names: { query: "select id, name from users" }
`,
    to: `${users(posts('Person')).replace('User:\n    table: users', 'Person:\n    was: [folk, users]\n    table: people')}
views:
  names: { query: "select id, name from people" }
`,
    rows: seeded,
    expected: {
      postgres: {
        says: [/ALTER TABLE public\.users RENAME TO people/],
        never: [/DROP TABLE/, /DROP VIEW/],
        up: [
          ['SELECT p.id, u.name FROM posts p JOIN people u ON u.id = p.author_id ORDER BY 1', kept[1]],
          ['SELECT name FROM names ORDER BY 1', [{ name: 'Ann' }, { name: 'Bob' }]],
        ],
        down: [kept],
      },
      sqlite: {
        never: [/DROP TABLE/],
        says: [/RENAME TO people/],
        up: [
          ['SELECT p.id, u.name FROM posts p JOIN people u ON u.id = p.author_id ORDER BY 1', kept[1]],
          ['SELECT name FROM names ORDER BY 1', [{ name: 'Ann' }, { name: 'Bob' }]],
        ],
        down: [kept],
      },
      mysql: {
        up: [
          ['SELECT p.id, u.name FROM posts p JOIN people u ON u.id = p.author_id ORDER BY 1', kept[1]],
          ['SELECT name FROM names ORDER BY 1', [{ name: 'Ann' }, { name: 'Bob' }]],
        ],
        down: [kept],
      },
    },
  },
  {
    title: 'a table whose name changes in case only',
    from: users(),
    to: users().replace('table: users', 'table: Users\n    was: users'),
    rows: "INSERT INTO users (id, name) VALUES (1, 'Ann')",
    expected: {
      postgres: {
        never: [/DROP TABLE/],
        up: [['SELECT name FROM "Users"', [{ name: 'Ann' }]]],
        down: [['SELECT name FROM users', [{ name: 'Ann' }]]],
      },
      sqlite: {
        never: [/DROP TABLE/],
        up: [['SELECT name FROM "Users"', [{ name: 'Ann' }]]],
        down: [['SELECT name FROM users', [{ name: 'Ann' }]]],
      },
      mysql: {
        up: [['SELECT name FROM "Users"', [{ name: 'Ann' }]]],
        down: [['SELECT name FROM users', [{ name: 'Ann' }]]],
      },
    },
  },
  {
    title: 'a table takes the name that another one leaves',
    from: 'entities:\n  A: { table: a, fields: { id: int! primary, name: text? } }\n  B: { table: b, fields: { id: int! primary, a: A? } }\n',
    to: 'entities:\n  A: { table: b, was: a, fields: { id: int! primary, name: text? } }\n  B: { table: c, was: b, fields: { id: int! primary, a: A? } }\n',
    rows: "INSERT INTO a VALUES (1, 'Ann'); INSERT INTO b VALUES (2, 1)",
    expected: everywhere({
      never: [/DROP TABLE/],
      up: [
        ['SELECT name FROM b', [{ name: 'Ann' }]],
        ['SELECT a_id FROM c', [{ a_id: 1 }]],
      ],
      down: [['SELECT name FROM a', [{ name: 'Ann' }]]],
    }),
  },
])
