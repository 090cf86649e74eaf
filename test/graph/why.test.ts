import { expect, test } from 'vitest'
import { workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const files = {
  'migrations/001_people.sql':
    '-- author: Ada <ada@example.org>\n-- ticket: IDN-1\nCREATE TABLE people (id int PRIMARY KEY, mail varchar(50));\n',
  'migrations/002_rename.sql': 'ALTER TABLE people RENAME TO users;\n',
  'migrations/003_email.sql': 'ALTER TABLE users RENAME COLUMN mail TO email;\n',
  'migrations/004_other.sql': 'CREATE TABLE teams (id int PRIMARY KEY);\n',
  'migrations/005_index.sql': 'CREATE INDEX users_email ON users (email);\n',
  'migrations/006_fill.sql': "UPDATE users SET email = 'none' WHERE email IS NULL;\n",
}

test.each(answeringServers)('every migration that touched a column is found on $name, through its renames', async ({ create }) => {
  await using database = await create()
  using made = workplace(files, database.url)
  await made.json('up')
  const found = await made.json('why', 'users.email')
  expect(found.data['touches']).toMatchObject([
    {
      name: '001_people',
      does: 'creates',
      object: 'people.mail',
      ticket: 'IDN-1',
      author: 'Ada <ada@example.org>',
      appliedAt: expect.any(String),
    },
    { name: '002_rename', object: 'users.mail' },
    { name: '003_email', does: 'creates', object: 'users.email' },
    { name: '006_fill', does: 'changes' },
  ])
  const reads = await made.json('why', 'users.email', '--reads')
  expect((reads.data['touches'] as readonly { readonly name: string }[]).map(({ name }) => name)).toContain('005_index')
  expect((await made.yama('why', 'nobody')).stdout).toContain('No migration touches nobody.')
})

test.each(answeringServers)('what a key, a file and a step say of a column counts on $name', async ({ create }) => {
  await using database = await create()
  using made = workplace(
    {
      'migrations/001_people.sql': 'CREATE TABLE people (id int PRIMARY KEY, mail varchar(50));\n',
      'migrations/002_notes.sql':
        'CREATE TABLE notes (id int PRIMARY KEY, people_id int, body varchar(50), FOREIGN KEY (people_id) REFERENCES people (id) ON DELETE CASCADE);\n',
      'migrations/003_rank.sql': 'ALTER TABLE notes ADD COLUMN score int;\n',
      'migrations/004_clean.sql': '-- why\nDELETE FROM people WHERE id > 100;\n',
      'migrations/005_mail.sql': "UPDATE people SET mail = 'x' WHERE id = 1;\n",
      'migrations/006_code.ts':
        "// yama:writes notes.score\nimport { defineMigration } from '@yama/cli'\nexport default defineMigration({ id: '006_code', parents: ['005_mail'], up: async () => {} })\n",
    },
    database.url,
  )
  const touches = async (name: string): Promise<unknown> => (await made.json('why', name)).data['touches']
  expect(await touches('notes')).toMatchObject([
    { name: '002_notes', does: 'creates', object: 'notes' },
    { name: '003_rank', does: 'changes', object: 'notes' },
    { name: '004_clean', does: 'changes', object: 'notes', indirect: true },
    { name: '006_code', does: 'changes', object: 'notes' },
  ])
  expect(await touches('notes.score')).toMatchObject([
    { name: '002_notes', does: 'creates', object: 'notes' },
    { name: '003_rank', does: 'creates', object: 'notes.score' },
    { name: '006_code', does: 'changes', object: 'notes.score' },
  ])
  expect((await made.yama('why', 'notes')).stdout).toContain('004_clean changes notes by what it sets off\n  DELETE FROM people')
})
