import { describe, expect, test } from 'vitest'
import { workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const file = (id: string, parents: string, up: string, down = ''): string =>
  `-- id: ${id}\n-- parents: ${parents}\n\n-- +migrate Up\n${up};\n${down === '' ? '' : `\n-- +migrate Down\n${down};\n`}`

const base = file('m_base', 'none', 'CREATE TABLE users (id int PRIMARY KEY, name varchar(50), age int)', 'DROP TABLE users')
const files = {
  'migrations/20260101000000_base.sql': base,
  'migrations/20260102000000_email.sql': file(
    'm_email',
    'm_base',
    'ALTER TABLE users ADD COLUMN email varchar(50)',
    'ALTER TABLE users DROP COLUMN email',
  ),
  'migrations/20260103000000_index.sql': file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age)'),
} as const
const rename = { 'migrations/20260104000000_rename.sql': file('m_rename', 'm_base', 'ALTER TABLE users RENAME COLUMN age TO years') }

describe.each(answeringServers)('branches of migrations on $name', ({ create }) => {
  test('independent ones need no merge, in whatever order they arrive', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    made.remove('migrations/20260102000000_email.sql')
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['m_base', 'm_index'] } })
    made.write('migrations/20260102000000_email.sql', files['migrations/20260102000000_email.sql'])
    expect(await made.json('merge')).toMatchObject({ ok: true, data: { conflicts: [] } })
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['m_email'] } })
  })

  test('those whose order matters are refused with both statements, until somebody decides', async () => {
    await using database = await create()
    using made = workplace({ ...files, ...rename }, database.url)
    const refused = await made.json('up')
    expect(refused).toMatchObject({ ok: false, exitCode: 4, reason: 'YAMA_GRAPH_CONFLICT' })
    expect(refused.diagnostics[0]?.message).toContain('column age of relation users')
    expect(await database.sql('SELECT 1 AS one')).toHaveLength(1)
    const told = await made.json('merge')
    expect(told).toMatchObject({ exitCode: 4, data: { conflicts: [{ one: 'm_index', other: 'm_rename' }] } })
    expect(await made.json('check')).toMatchObject({
      ok: false,
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'YAMA_GRAPH_CONFLICT' })]),
    })
    expect(await made.json('merge', 'm_index', 'm_rename', '--order', 'm_index,m_rename')).toMatchObject({ exitCode: 64 })
    const decided = await made.json('merge', 'm_index', 'm_rename', '--order', 'm_index,m_rename', '--reason', 'the index follows the name')
    expect(decided).toMatchObject({ ok: true })
    expect(await made.json('up')).toMatchObject({
      ok: true,
      data: { applied: ['m_base', 'm_email', 'm_index', 'm_rename', expect.any(String)] },
    })
    expect(await made.json('status')).toMatchObject({ data: { pending: [] } })
  })

  test('a database that had the later one first is told', async () => {
    await using database = await create()
    using made = workplace({ ...files, ...rename }, database.url)
    made.remove('migrations/20260103000000_index.sql')
    expect(await made.json('up')).toMatchObject({ ok: true })
    made.write('migrations/20260103000000_index.sql', files['migrations/20260103000000_index.sql'])
    expect(await made.json('up')).toMatchObject({ reason: 'YAMA_GRAPH_CONFLICT' })
    await made.json('merge', 'm_index', 'm_rename', '--order', 'm_index,m_rename', '--reason', 'so it was meant')
    expect(await made.json('up')).toMatchObject({ ok: false, reason: 'YAMA_GRAPH_ORDER' })
  })

  test('a migration that was put before what runs here already is judged too', async () => {
    await using database = await create()
    using made = workplace({ ...files, ...rename }, database.url)
    made.remove('migrations/20260103000000_index.sql')
    made.remove('migrations/20260102000000_email.sql')
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['m_base', 'm_rename'] } })
    made.write('migrations/20260102000000_email.sql', files['migrations/20260102000000_email.sql'])
    made.write(
      'migrations/20260104000000_rename.sql',
      rename['migrations/20260104000000_rename.sql'].replace('parents: m_base', 'parents: m_email'),
    )
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['m_email'] } })
    made.write('migrations/20260103000000_index.sql', files['migrations/20260103000000_index.sql'])
    made.write(
      'migrations/20260104000000_rename.sql',
      rename['migrations/20260104000000_rename.sql'].replace('parents: m_base', 'parents: m_email, m_index'),
    )
    const refused = await made.json('up')
    expect(refused).toMatchObject({ ok: false, exitCode: 4, reason: 'YAMA_GRAPH_BEHIND' })
    expect(refused.diagnostics[0]?.message).toContain('m_index (migrations/20260103000000_index.sql) comes before m_rename')
    await made.json('state', 'export', '--out', 'here.json')
    expect(await made.json('check', '--state', 'here.json', '--files-only')).toMatchObject({
      ok: false,
      data: { environments: [{ safe: false, because: [expect.stringContaining('their order matters')] }] },
    })
  })
})

test('both orders are run and compared', async () => {
  const [sqlite] = answeringServers
  await using database = await sqlite!.create()
  using made = workplace({ ...files, ...rename }, database.url)
  expect(await made.json('merge', 'm_email', 'm_index', '--prove')).toMatchObject({
    ok: true,
    data: { proof: { equal: true, one: ['m_email'], other: ['m_index'] } },
  })
  expect(await made.json('merge', 'm_index', 'm_rename', '--prove')).toMatchObject({ exitCode: 10, data: { proof: { equal: false } } })
  expect(await made.json('merge', 'm_index', 'm_rename', '--independent', '--reason', 'wishful', '--prove')).toMatchObject({
    exitCode: 10,
    reason: 'YAMA_MERGE_UNPROVED',
  })
  expect(await made.json('merge', 'm_email', 'm_index', '--independent', '--reason', 'seen', '--prove')).toMatchObject({ ok: true })
})

test('of a step that cannot be read a replay says what it changes, for a person to confirm', async () => {
  const [sqlite] = answeringServers
  await using database = await sqlite!.create()
  const step = 'migrations/20260105000000_fill.ts'
  const code = (note: string): string =>
    `${note}export default { id: 'm_fill', parents: ['m_base'], up: async ({ connection }) => {
  await connection.execute("ALTER TABLE users ADD COLUMN city varchar(20)")
  await connection.execute("INSERT INTO users (id, name) VALUES (1, 'a')")
} }\n`
  using made = workplace({ ...files, [step]: code('') }, database.url)
  const told = await made.json('merge')
  expect(told).toMatchObject({ exitCode: 4, data: { replayed: { m_fill: ['users', 'users.city'] } } })
  made.write(step, code('// yama:writes users.city\n'))
  expect(await made.json('merge')).toMatchObject({ ok: true, data: { conflicts: [] } })
})
