import { describe, expect, test } from 'vitest'
import { workplace, type Workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const config = (dialect: string, url?: string): string =>
  `export default ${JSON.stringify({ dialect, ...(url === undefined ? {} : { environments: { dev: { url, scratch: { allow: true } } } }) })}\n`
const file = (id: string, up: readonly string[], down?: readonly string[]): string =>
  `-- id: ${id}\n-- parents: none\n\n-- +migrate Up\n${up.join('\n')}\n${down === undefined ? '' : `\n-- +migrate Down\n${down.join('\n')}\n`}`

const mixed = {
  up: [
    'CREATE TABLE teams (id int PRIMARY KEY, name varchar(50));',
    'CREATE TABLE users (id int PRIMARY KEY, team_id int, FOREIGN KEY (team_id) REFERENCES teams (id));',
    'CREATE INDEX teams_name ON teams (name);',
    'CREATE TABLE notes (id int PRIMARY KEY, body varchar(50));',
    "INSERT INTO teams (id, name) VALUES (1, 'red');",
    'ALTER TABLE users ADD COLUMN age int;',
    'CREATE VIEW names AS SELECT id, age FROM users;',
    'INSERT INTO users (id, team_id) VALUES (1, 1);',
  ],
  down: ['DROP VIEW names;', 'DROP TABLE notes;', 'DROP TABLE users;', 'DROP TABLE teams;'],
}

async function linked(made: Workplace): Promise<readonly string[]> {
  const nodes = (await made.json('graph')).data['nodes'] as readonly { readonly id: string; readonly parents: readonly string[] }[]
  for (const [at, { parents }] of nodes.entries()) expect(parents).toEqual(at === 0 ? [] : [nodes[at - 1]!.id])
  return nodes.map(({ id }) => id)
}

describe.each([...answeringServers])('by object on $name', ({ kind, create, name }) => {
  const dialect = name.startsWith('MariaDB') ? 'mariadb' : kind

  test('one migration becomes one for each table, there and back', { timeout: 120_000 }, async () => {
    await using database = await create()
    using made = workplace({
      'migrations/20260101000000_all.sql': file('m_all', mixed.up, mixed.down),
      'yama.config.ts': config(dialect, database.url),
    })
    const answer = await made.json('split', 'm_all', '--by', 'object')
    expect(answer).toMatchObject({ ok: true, data: { differences: [], compared: true } })
    expect(made.list('migrations')).toEqual([
      '20260101000000_all.sql',
      '20260101000000_all_names.sql',
      '20260101000000_all_notes.sql',
      '20260101000000_all_users.sql',
    ])
    expect(made.read('migrations/20260101000000_all.sql')).toMatch(
      /CREATE TABLE teams[^]*teams_name[^]*INSERT INTO teams[^]*Down[^]*DROP TABLE teams/,
    )
    expect(made.read('migrations/20260101000000_all_users.sql')).toMatch(
      /CREATE TABLE users[^]*ADD COLUMN age[^]*INSERT INTO users[^]*Down[^]*DROP TABLE users/,
    )
    expect((await linked(made))[0]).toBe('m_all')
    expect(await made.json('up', '--url', database.url)).toMatchObject({ ok: true })
    const digest = (await made.json('plan', '--down', '4', '--url', database.url)).data['digest'] as string
    expect(await made.json('down', '--steps', '4', '--confirm', digest, '--url', database.url)).toMatchObject({ ok: true })
    await expect(database.sql('SELECT * FROM teams')).rejects.toThrow(/teams/)
  })
})

test('objects that need each other stay together', async () => {
  using made = workplace({
    'migrations/20260101000000_all.sql': file('m_all', [
      'CREATE TABLE teams (id int PRIMARY KEY);',
      'CREATE TABLE posts (id int PRIMARY KEY, title text);',
      'CREATE TABLE posts_new (id int PRIMARY KEY, title text NOT NULL);',
      'INSERT INTO posts_new SELECT * FROM posts;',
      'DROP TABLE posts;',
      'ALTER TABLE posts_new RENAME TO posts;',
    ]),
    'yama.config.ts': config('sqlite'),
  })
  expect(await made.json('split', 'm_all', '--by', 'object')).toMatchObject({ ok: true, data: { differences: [] } })
  expect(made.list('migrations')).toEqual(['20260101000000_all.sql', '20260101000000_all_posts.sql'])
  expect(await made.json('split', 'm_all', '--by', 'object')).toMatchObject({ reason: 'YAMA_EDIT_SPLIT_OBJECT', exitCode: 64 })
  expect(await made.json('split', 'm_all', '--by', 'object', '--after', '2')).toMatchObject({ reason: 'YAMA_CLI_USAGE' })
})

test('what cannot be parted is left as it is', async () => {
  const refused: readonly { readonly id: string; readonly up: readonly string[]; readonly down?: readonly string[] }[] = [
    { id: 'm_unread', up: ['CREATE TABLE a (id int);', 'CREATE TABLE b (id int);', 'PRAGMA user_version = 5;'] },
    { id: 'm_back', up: ['CREATE TABLE a (id int);', 'CREATE TABLE b (id int);'], down: ['SELECT 1;'] },
    {
      id: 'm_crossed',
      up: ['CREATE TABLE a (id int);', 'CREATE TABLE b (id int);'],
      down: ['DELETE FROM a;', 'INSERT INTO b SELECT * FROM a;', 'DROP TABLE b;', 'DROP TABLE a;'],
    },
  ]
  for (const { id, up, down } of refused) {
    const text = file(id, up, down)
    using made = workplace({ 'migrations/20260101000000_all.sql': text, 'yama.config.ts': config('sqlite') })
    expect(await made.json('split', id, '--by', 'object')).toMatchObject({ reason: 'YAMA_EDIT_SPLIT_OBJECT' })
    expect(made.read('migrations/20260101000000_all.sql')).toBe(text)
  }
})
