// What the quickstart types, and what must come of it. A step writes a file or runs one command.

const user = `entities:
  User:
    table: users
    fields:
      id: bigint! primary identity
      email: string(200)! unique
      name: string(120)!
`

const userChanged = `entities:
  User:
    table: users
    fields:
      id: bigint! primary identity
      email: string(200)! unique
      fullName:
        type: string(120)!
        was: name
      phone: string(30)?
    indexes:
      - fields: [fullName]
`

const post = `entities:
  Post:
    table: posts
    fields:
      id: bigint! primary identity
      title: string(200)!
      body: text?
`

const postChanged = `entities:
  Post:
    table: posts
    fields:
      id: bigint! primary identity
      title: string(200)!
      body: text?
      author: User? cascade indexed
`

export const databases = [
  { name: 'sqlite', title: 'SQLite', driver: 'better-sqlite3' },
  { name: 'pglite', title: 'PGlite (embedded PostgreSQL)', driver: '@electric-sql/pglite' },
]

export const story = ({ name }) => [
  { yama: ['init', '--dialect', name], expect: /schema\/user\.yaml/ },
  { say: 'The example is edited, and a second entity is added.', write: 'schema/user.yaml', text: user },
  { write: 'schema/post.yaml', text: post },
  { say: 'A migration is written from the difference.', yama: ['generate'], expect: /create/i },
  { yama: ['plan'], expect: /create table/i },
  { yama: ['up'], expect: /1 applied/ },
  { yama: ['status'] },
  { say: 'A column is added, one renamed, an index and a foreign key come.', write: 'schema/user.yaml', text: userChanged },
  { write: 'schema/post.yaml', text: postChanged },
  { yama: ['generate', 'authors'] },
  { yama: ['up'], expect: /1 applied/ },
  { say: 'Nothing is left to generate.', yama: ['generate'], expect: /nothing|no change/i },
  { say: 'Going back loses the new columns, so the digest of exactly this plan confirms it.', yama: ['plan', '--down', '1'] },
  { yama: ['plan', '--down', '1', '--json'], quiet: true, learn: (envelope) => ({ digest: envelope.data.digest }) },
  { say: 'Without it, nothing happens.', yama: ['down', '--steps', '1'], exit: 4 },
  { yama: ['down', '--steps', '1', '--confirm', '{digest}'], expect: /1 reverted/ },
  { yama: ['up'], expect: /1 applied/ },
  { yama: ['history'] },
]
