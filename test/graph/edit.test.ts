import { expect, test } from 'vitest'
import { workplace, type Workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const file = (id: string, parents: string, up: string, down: string): string =>
  `-- id: ${id}\n-- parents: ${parents}\n\n-- +migrate Up\n${up}\n\n-- +migrate Down\n${down}\n`

const files = {
  'migrations/20260101000000_base.sql': file('m_base', 'none', 'CREATE TABLE users (id int PRIMARY KEY, age int);', 'DROP TABLE users;'),
  'migrations/20260102000000_index.sql': file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age);', 'DROP INDEX users_age;'),
  'migrations/20260103000000_email.sql': file(
    'm_email',
    'm_base',
    'ALTER TABLE users ADD COLUMN email varchar(50);',
    'ALTER TABLE users DROP COLUMN email;',
  ),
  'migrations/20260104000000_pair.sql': file(
    'm_pair',
    'm_email',
    'CREATE TABLE teams (id int PRIMARY KEY);\nCREATE TABLE clubs (id int PRIMARY KEY);',
    'DROP TABLE clubs;\nDROP TABLE teams;',
  ),
} as const

const nodes = async (made: Workplace): Promise<readonly { readonly id: string; readonly parents: readonly string[] }[]> =>
  (await made.json('graph')).data['nodes'] as readonly { readonly id: string; readonly parents: readonly string[] }[]

test('what nobody has applied is moved, split, renamed and dropped, and the schema stays the same where it must', async () => {
  const [sqlite] = answeringServers
  await using database = await sqlite!.create()
  using made = workplace({ ...files, 'yama.config.ts': "export default { dialect: 'sqlite' }\n" })
  expect(await made.json('rebase', 'm_email', '--onto', 'm_index')).toMatchObject({
    ok: true,
    data: { changed: ['m_email', 'm_pair'], differences: [], compared: true },
  })
  expect(await nodes(made)).toMatchObject([
    { id: 'm_base' },
    { id: 'm_index' },
    { id: 'm_email', parents: ['m_index'] },
    { id: 'm_pair', parents: ['m_email'] },
  ])
  expect(await made.json('rebase', 'm_index', '--onto', 'm_pair')).toMatchObject({ reason: 'YAMA_EDIT_CIRCLE' })
  const parted = await made.json('split', 'm_pair', '--after', '1')
  expect(parted).toMatchObject({ ok: true, data: { differences: [] } })
  expect(made.read('migrations/20260104000000_pair.sql')).not.toContain('clubs')
  expect(made.read('migrations/20260104000000_pair_2.sql')).toContain('DROP TABLE clubs')
  expect(await made.json('rename', 'm_email', 'add the address')).toMatchObject({ ok: true })
  expect(made.list('migrations')).toContain('20260103000000_add_the_address.sql')
  expect(await made.json('drop', 'm_email')).toMatchObject({ ok: true, data: { differences: [expect.stringContaining('email')] } })
  expect(await nodes(made)).toMatchObject([
    { id: 'm_base' },
    { id: 'm_index' },
    { id: 'm_pair', parents: ['m_index'] },
    { parents: ['m_pair'] },
  ])
  expect(await made.json('up', '--url', database.url)).toMatchObject({ ok: true })
})

test('what does not run any more is not written, and what is applied is not edited', async () => {
  const [sqlite] = answeringServers
  await using database = await sqlite!.create()
  using made = workplace({ ...files, 'yama.config.ts': "export default { dialect: 'sqlite' }\n" })
  const before = made.list('migrations')
  expect(await made.json('drop', 'm_base')).toMatchObject({ ok: false, reason: 'YAMA_REPLAY_FAILED' })
  expect(made.list('migrations')).toEqual(before)
  for (const path of Object.keys(files).filter((name) => name.startsWith('migrations/')))
    expect(made.read(path)).toBe(files[path as keyof typeof files])
  await made.json('up', '--url', database.url, '--to', 'm_index')
  expect(await made.json('rebase', 'm_index', '--onto', 'm_email', '--url', database.url)).toMatchObject({
    reason: 'YAMA_EDIT_APPLIED',
    exitCode: 3,
  })
  await made.json('state', 'export', '--url', database.url, '--out', 'prod.json')
  expect(await made.json('drop', 'm_index', '--state', 'prod.json')).toMatchObject({ reason: 'YAMA_EDIT_APPLIED' })
  expect(await made.json('drop', 'm_pair', '--state', 'prod.json')).toMatchObject({ ok: true })
})
