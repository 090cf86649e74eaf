import { describe, expect, test } from 'vitest'
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

describe('a line of migrations', () => {
  const line = {
    'migrations/20260101000000_base.sql': file('m_base', 'none', 'CREATE TABLE users (id int PRIMARY KEY, age int);', 'DROP TABLE users;'),
    'migrations/20260102000000_index.sql': file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age);', 'DROP INDEX users_age;'),
    'migrations/20260103000000_email.sql': file(
      'm_email',
      'm_index',
      '-- yama:writes users.email\nALTER TABLE users ADD COLUMN email varchar(50);',
      'ALTER TABLE users DROP COLUMN email;',
    ),
    'migrations/20260104000000_key.sql': file(
      'm_key',
      'm_email',
      'CREATE UNIQUE INDEX users_email ON users (email);',
      'DROP INDEX users_email;',
    ),
    'yama.config.ts': "export default { dialect: 'sqlite' }\n",
  }

  test('is put in another order, and the schema stays the same', async () => {
    using made = workplace(line)
    expect(await made.json('reorder', 'm_email', '--before', 'm_index')).toMatchObject({
      ok: true,
      data: { differences: [], compared: true, changed: expect.arrayContaining(['m_email', 'm_index', 'm_key']) },
    })
    expect(await nodes(made)).toMatchObject([
      { id: 'm_base', parents: [] },
      { id: 'm_email', parents: ['m_base'] },
      { id: 'm_index', parents: ['m_email'] },
      { id: 'm_key', parents: ['m_index'] },
    ])
    expect(await made.json('reorder', 'm_index', '--after', 'm_key')).toMatchObject({ ok: true, data: { differences: [] } })
    expect((await nodes(made)).map(({ id }) => id)).toEqual(['m_base', 'm_email', 'm_key', 'm_index'])
    expect(await made.json('validate')).toMatchObject({ ok: true })
    expect(await made.json('reorder', 'm_key', '--before', 'm_email')).toMatchObject({ ok: false, reason: 'YAMA_REPLAY_FAILED' })
    expect((await nodes(made)).map(({ id }) => id)).toEqual(['m_base', 'm_email', 'm_key', 'm_index'])
    expect(await made.json('reorder', 'm_key', '--before', 'm_key')).toMatchObject({ reason: 'YAMA_EDIT_CIRCLE', exitCode: 64 })
    expect(await made.json('reorder', 'm_key')).toMatchObject({ exitCode: 64 })
  })

  test('is not put in another order where it is applied', async () => {
    const [sqlite] = answeringServers
    await using database = await sqlite!.create()
    using made = workplace(line)
    await made.json('up', '--url', database.url, '--to', 'm_index')
    await made.json('state', 'export', '--url', database.url, '--out', 'prod.json')
    expect(await made.json('reorder', 'm_email', '--before', 'm_index', '--state', 'prod.json')).toMatchObject({
      reason: 'YAMA_EDIT_APPLIED',
    })
    expect(await made.json('reorder', 'm_key', '--after', 'm_index', '--state', 'prod.json')).toMatchObject({
      reason: 'YAMA_REPLAY_FAILED',
    })
    expect(await made.json('squash', 'm_index', 'm_email', '--state', 'prod.json')).toMatchObject({ reason: 'YAMA_EDIT_APPLIED' })
  })

  test('becomes one migration, whose way back is the opposite one', async () => {
    const [sqlite] = answeringServers
    await using database = await sqlite!.create()
    using made = workplace(line)
    expect(await made.json('squash', 'm_index', 'm_key')).toMatchObject({ reason: 'YAMA_EDIT_FOLD', exitCode: 64 })
    expect(await made.json('squash', 'm_email')).toMatchObject({ reason: 'YAMA_EDIT_FOLD' })
    expect(await made.json('squash', 'm_email', 'm_index', '--name', 'index and email')).toMatchObject({
      ok: true,
      data: { differences: [], changed: ['m_index', 'm_key'], removed: expect.arrayContaining(['migrations/20260103000000_email.sql']) },
    })
    expect(await nodes(made)).toMatchObject([
      { id: 'm_base' },
      { id: 'm_index', parents: ['m_base'] },
      { id: 'm_key', parents: ['m_index'] },
    ])
    const text = made.read('migrations/20260102000000_index_and_email.sql')
    expect(text).toMatch(/CREATE INDEX[^]*ALTER TABLE users ADD[^]*migrate Down[^]*DROP COLUMN email[^]*DROP INDEX users_age/)
    expect(text).toContain('-- yama:writes users.email')
    expect(await made.json('up', '--url', database.url)).toMatchObject({ ok: true, data: { applied: ['m_base', 'm_index', 'm_key'] } })
  })

  test('does not become one where one file could not say it', async () => {
    using made = workplace(line)
    const key = 'migrations/20260104000000_key.sql'
    made.write(key, made.read(key).replace('-- parents', '-- phase: contract\n-- parents'))
    expect((await made.json('squash', 'm_email', 'm_key')).diagnostics[0]?.message).toContain('their phases differ (expand, contract)')
    made.write(
      key,
      made
        .read(key)
        .replace('-- phase: contract\n', '')
        .replace(/\n-- \+migrate Down[^]*/, ''),
    )
    expect((await made.json('squash', 'm_email', 'm_key')).diagnostics[0]?.message).toContain('some have a way back')
  })
})
