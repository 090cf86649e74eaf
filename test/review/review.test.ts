import type { DatabaseKind } from '@yama/core'
import type { ReviewDocument } from '@yama/review'
import { expect, test } from 'vitest'
import { answeringServers } from '../history/databases.ts'
import { config, migration, repository } from './review-project.ts'

const base = {
  'migrations/20260101000000_base.sql': migration(
    'm_base',
    'none',
    `CREATE TABLE users (id int PRIMARY KEY, email varchar(50) NOT NULL, name varchar(50), age int);
CREATE TABLE orders (id int PRIMARY KEY, user_id int NOT NULL, CONSTRAINT orders_user FOREIGN KEY (user_id) REFERENCES users (id));
CREATE VIEW mails AS SELECT id, email FROM users;`,
    'DROP VIEW mails;\nDROP TABLE orders;\nDROP TABLE users;',
  ),
  'schema/users.yaml': 'version: 1\nentities:\n  User:\n    table: users\n    owner: team-identity\n    fields:\n      id: int! primary\n',
  '.github/CODEOWNERS': '/migrations/ @acme/dba\n/schema/ @acme/models\n',
}
const change = migration(
  'm_change',
  'm_base',
  `-- nobody asks for it any more
ALTER TABLE users DROP COLUMN age;
ALTER TABLE users RENAME COLUMN name TO full_name;
ALTER TABLE users ADD COLUMN phone varchar(20);
CREATE TABLE teams (id int PRIMARY KEY, lead_id int, CONSTRAINT teams_lead FOREIGN KEY (lead_id) REFERENCES users (id));
CREATE INDEX users_phone ON users (phone);`,
  'DROP TABLE teams;\nALTER TABLE users DROP COLUMN phone;',
  '-- description: phones\n-- author: Ada <ada@example.org>\n-- ticket: IDN-12\n',
)

const LOCKS = {
  postgres: ['ACCESS EXCLUSIVE', 'SHARE'],
  mysql: ['EXCLUSIVE metadata lock'],
  mariadb: ['EXCLUSIVE metadata lock'],
  sqlite: [],
} satisfies Record<DatabaseKind, readonly string[]>

test.each(answeringServers)('on $name the document says what a branch would do', async ({ create, kind }) => {
  await using database = await create()
  using repo = repository({ ...base, 'yama.config.ts': config(database.url) })
  const { made } = repo
  made.write('migrations/20260102000000_change.sql', change)
  const ran = await made.json('review', '--base', 'main')
  expect(ran).toMatchObject({ ok: true, exitCode: 0 })
  const document = ran.data['document'] as ReviewDocument
  expect(document).toMatchObject({
    format: 1,
    dialect: kind,
    against: { kind: 'base', name: 'main' },
    risk: { level: 'high' },
    removed: [],
    confirmation: true,
    losses: [{ migration: 'm_change', loss: 'certain', what: 'column age of users' }],
  })
  expect(document.migrations).toHaveLength(1)
  const [reviewed] = document.migrations
  expect(reviewed).toMatchObject({ id: 'm_change', change: 'added', ticket: 'IDN-12', description: 'phones', down: [{}, {}] })
  expect(reviewed?.up.map(({ reason }) => reason)).toEqual(['nobody asks for it any more', undefined, undefined, undefined, undefined])
  expect(reviewed?.up[0]).toMatchObject({ sql: 'ALTER TABLE users DROP COLUMN age', object: 'users', loss: 'certain' })
  expect(reviewed?.up.map(({ line }) => line)).toEqual([9, 10, 11, 12, 13])
  expect(document.objects.find(({ name }) => name === 'users')).toMatchObject({
    object: 'table users',
    does: 'changes',
    members: expect.arrayContaining(['column age', 'column phone']),
  })
  expect(document.objects.find(({ name }) => name === 'teams')).toMatchObject({ does: 'creates' })
  const tables = new Map(document.schema?.tables.map((table) => [table.name, table]))
  expect(tables.get('teams')?.status).toBe('added')
  const columns = new Map(tables.get('users')?.columns.map((column) => [column.name, column]))
  expect(columns.get('age')?.status).toBe('removed')
  expect(columns.get('phone')?.status).toBe('added')
  expect(columns.get('full_name')).toMatchObject({ status: 'changed', changes: ['was name'] })
  expect(columns.has('name') || columns.has('email')).toBe(false)
  expect(document.schema?.keys).toContainEqual(
    expect.objectContaining({ name: 'teams_lead', table: 'teams', to: 'users', status: 'added' }),
  )
  expect(document.schema?.mermaid).toMatch(/^erDiagram\n/)
  expect(document.owners).toEqual([
    { owner: 'team-identity', from: 'entities', of: ['table users'] },
    { owner: '@acme/dba', from: 'codeowners', of: ['migrations/20260102000000_change.sql'] },
    { owner: '@acme/models', from: 'codeowners', of: ['schema/users.yaml'] },
  ])
  expect(document.approvals.map(({ anyOf }) => anyOf)).toEqual([
    ['team-identity'],
    ['@acme/dba'],
    ['@acme/models'],
    ['somebody besides the author'],
  ])
  const locks = document.findings.filter(({ code }) => code === 'YAMA_REVIEW_LOCK').map(({ message }) => message)
  expect(locks).toEqual(LOCKS[kind].map((lock) => expect.stringContaining(`takes ${lock} on users`)))
  // A plain environment sees the same as pending, once it has the base.
  made.remove('migrations/20260102000000_change.sql')
  expect(await made.json('up')).toMatchObject({ ok: true })
  made.write('migrations/20260102000000_change.sql', change)
  const pending = (await made.json('review')).data['document'] as ReviewDocument
  expect(pending).toMatchObject({ against: { kind: 'environment', name: 'dev' }, losses: document.losses })
  expect(pending.schema).toEqual(document.schema)
  expect(pending.migrations).toEqual(document.migrations)
})

/** Versions of one database agree; the test above has each. */
const kinds = answeringServers.filter(({ kind }, at) => answeringServers.findIndex((other) => other.kind === kind) === at)

test.each(kinds)('on $name a view that needs what is changed is named', async ({ create }) => {
  await using database = await create()
  using repo = repository({ ...base, 'yama.config.ts': config(database.url) })
  repo.made.write(
    'migrations/20260102000000_drop.sql',
    migration('m_drop', 'm_base', 'DROP VIEW mails;\nALTER TABLE users DROP COLUMN email;', undefined),
  )
  const document = (await repo.made.json('review', '--base', 'main')).data['document'] as ReviewDocument
  expect(document.findings.map(({ code }) => code)).toContain('YAMA_CHECK_NO_DOWN')
  const users = document.objects.find(({ name }) => name === 'users')
  expect(users?.dependents).toContain('view mails')
  expect(document.schema?.lines).toContain('- view mails')
  repo.made.write(
    'migrations/20260102000000_drop.sql',
    migration('m_drop', 'm_base', 'DROP VIEW mails;\nALTER TABLE orders RENAME TO purchases;', 'SELECT 1;'),
  )
  const renamed = (await repo.made.json('review', '--base', 'main')).data['document'] as ReviewDocument
  expect(renamed.schema?.tables.filter(({ status }) => status !== 'same')).toMatchObject([
    { name: 'purchases', was: 'orders', status: 'changed' },
  ])
  expect(renamed.objects.filter(({ kind }) => kind === 'table')).toMatchObject([
    { name: 'orders', does: 'changes', members: ['its name, which becomes purchases'] },
  ])
  expect(renamed.losses).toEqual([])
})
