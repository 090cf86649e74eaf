import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { workplace, type Workplace } from '../history/command.ts'

const file = (id: string, parents: string, up: string, down: string): string =>
  `-- id: ${id}\n-- parents: ${parents}\n\n-- +migrate Up\n${up};\n\n-- +migrate Down\n${down};\n`
const base = file('m_base', 'none', 'CREATE TABLE users (id int PRIMARY KEY, name text, age int)', 'DROP TABLE users')

function repository(files: Readonly<Record<string, string>>): {
  readonly made: Workplace
  readonly git: (...words: readonly string[]) => string
} {
  const made = workplace(files, 'sqlite:./own.db')
  const git = (...words: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org', '-c', 'commit.gpgsign=false', ...words], {
      cwd: made.directory,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    })
  git('init', '-q', '-b', 'main')
  git('add', '-A')
  git('commit', '-qm', 'start')
  return { made, git }
}

test('a merge is checked before it is made: conflicts with the base and with other open branches', async () => {
  const { made, git } = repository({ 'migrations/20260101000000_base.sql': base })
  using _ = made
  git('checkout', '-qb', 'feature-index')
  made.write(
    'migrations/20260102000000_index.sql',
    file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age)', 'DROP INDEX users_age'),
  )
  git('add', '-A')
  git('commit', '-qm', 'index')
  git('checkout', '-q', 'main')
  git('checkout', '-qb', 'feature-email')
  made.write(
    'migrations/20260103000000_email.sql',
    file('m_email', 'm_base', 'ALTER TABLE users ADD COLUMN email text', 'ALTER TABLE users DROP COLUMN email'),
  )
  git('add', '-A')
  git('commit', '-qm', 'email')
  expect(await made.json('check', '--base', 'main', '--with-branches', 'feature-*', '--files-only')).toMatchObject({
    ok: true,
    data: { branches: expect.arrayContaining([{ branch: 'feature-index', problems: 0 }]) },
  })
  made.write(
    'migrations/20260104000000_rename.sql',
    file('m_rename', 'm_email', 'ALTER TABLE users RENAME COLUMN age TO years', 'ALTER TABLE users RENAME COLUMN years TO age'),
  )
  const found = await made.json('check', '--base', 'main', '--with-branches', 'feature-*', '--files-only')
  expect(found).toMatchObject({ ok: false, exitCode: 3 })
  expect(found.diagnostics.map(({ code, message }) => `${code} ${message}`).join('\n')).toContain(
    'YAMA_GRAPH_CONFLICT With feature-index: ',
  )
  git('checkout', '-q', 'main')
  git('merge', '-q', 'feature-index')
  git('checkout', '-q', 'feature-email')
  expect(await made.json('check', '--base', 'main', '--files-only')).toMatchObject({
    ok: false,
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'YAMA_GRAPH_CONFLICT' })]),
  })
})

test('edited and deleted ancestors, the same change twice, and late numbers are found', async () => {
  const { made, git } = repository({
    'migrations/001_a.sql': 'CREATE TABLE a (id int);\n',
    'migrations/002_b.sql': 'CREATE TABLE b (id int);\n',
  })
  using _ = made
  git('checkout', '-qb', 'feature')
  made.write('migrations/001_a.sql', 'CREATE TABLE a (id bigint);\n')
  made.remove('migrations/002_b.sql')
  made.write('migrations/003_c.sql', 'CREATE TABLE c (id int);\n')
  git('add', '-A')
  git('commit', '-qm', 'work')
  git('checkout', '-q', 'main')
  made.write('migrations/004_d.sql', 'CREATE TABLE c (id int);\n')
  git('add', '-A')
  git('commit', '-qm', 'other')
  git('checkout', '-q', 'feature')
  const found = await made.json('check', '--base', 'main', '--files-only')
  const codes = found.diagnostics.map(({ code }) => code)
  for (const code of ['YAMA_CHECK_EDITED', 'YAMA_CHECK_DELETED', 'YAMA_CHECK_DUPLICATE', 'YAMA_CHECK_LATE', 'YAMA_CHECK_NO_DOWN'])
    expect(codes).toContain(code)
})

test('what an environment would run follows from its exported state', async () => {
  const { made } = repository({ 'migrations/20260101000000_base.sql': base })
  using _ = made
  await made.json('up')
  expect(await made.json('state', 'export', '--out', 'prod.json')).toMatchObject({ ok: true, data: { migrations: 1 } })
  made.write(
    'migrations/20260102000000_index.sql',
    file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age)', 'DROP INDEX users_age'),
  )
  expect(await made.json('check', '--state', 'prod.json', '--files-only')).toMatchObject({
    ok: true,
    data: { environments: [{ wouldApply: ['m_index'], safe: true }] },
  })
  made.write('migrations/20260101000000_base.sql', base.replace('age int', 'age bigint'))
  expect(await made.json('check', '--state', 'prod.json', '--files-only')).toMatchObject({
    ok: false,
    data: { environments: [{ safe: false }] },
  })
})

test('entities and migrations that are right alone and wrong together are found before the merge', async () => {
  const { made, git } = repository({
    'schema/level.yaml': 'enums:\n  Level: [low, high]\n',
    'schema/user.yaml': 'entities:\n  User:\n    fields:\n      id: int! primary\n      level: Level!\n',
    'yama.config.ts': "export default { dialect: 'sqlite' }\n",
    '.gitignore': 'own.db*\n.yama\n',
  })
  using _ = made
  const commit = (): void => {
    git('add', '-A')
    git('commit', '-qm', 'work')
  }
  expect(await made.json('generate', 'users')).toMatchObject({ ok: true })
  commit()
  git('checkout', '-qb', 'feature-level')
  made.write('schema/level.yaml', 'enums:\n  Level: [low, middle, high]\n')
  expect(await made.json('generate', 'middle')).toMatchObject({ ok: true })
  commit()
  git('checkout', '-q', 'main')
  git('checkout', '-qb', 'feature-team')
  made.write('schema/team.yaml', 'entities:\n  Team:\n    fields:\n      id: int! primary\n      level: Level!\n')
  expect(await made.json('generate', 'teams')).toMatchObject({ ok: true })
  commit()
  expect(await made.json('check', '--base', 'main')).toMatchObject({ ok: true })
  const found = await made.json('check', '--base', 'feature-level')
  expect(found.diagnostics).toEqual([expect.objectContaining({ code: 'YAMA_CHECK_MERGED' })])
  expect(await made.json('check', '--base', 'feature-level', '--files-only')).toMatchObject({ ok: true })
})

test('what a branch defines again, and what the policy asks of it, is found', async () => {
  const policy =
    "{ linear: true, downs: true, names: { migrations: '^\\\\d{14}_[a-z_]+\\\\.sql$', tables: '^[a-z_]+$', columns: '^[a-z_]+$', indexes: '_idx$' } }"
  const { made, git } = repository({
    'migrations/20260101000000_base.sql': base,
    'yama.config.ts': `export default { dialect: 'sqlite', policy: ${policy} }\n`,
  })
  using _ = made
  git('checkout', '-qb', 'feature')
  made.write(
    'migrations/20260102000000_a.sql',
    file('m_a', 'm_base', 'CREATE TABLE IF NOT EXISTS users (id int PRIMARY KEY, name text, age bigint)', 'SELECT 1'),
  )
  made.write('migrations/20260103000000_b.sql', file('m_b', 'm_base', 'CREATE INDEX UsersAge ON users (age)', 'DROP INDEX UsersAge'))
  made.write(
    'migrations/20260104_C.sql',
    file(
      'm_c',
      'm_b',
      'ALTER TABLE users ADD COLUMN userEmail text;\nALTER TABLE users RENAME COLUMN name TO fullName;\nCREATE TABLE Orders (id int, paidAt text)',
      'SELECT 1',
    ),
  )
  made.write('migrations/20260105000000_d.sql', '-- id: m_d\n-- parents: m_c\n\n-- +migrate Up\nDROP TABLE Orders;\n')
  const found = await made.json('check', '--base', 'main', '--files-only')
  expect(found).toMatchObject({ ok: false, exitCode: 3 })
  const told = found.diagnostics.map(({ code, message }) => `${code} ${message}`)
  for (const wanted of [
    /^YAMA_CHECK_CONTRADICTION .*m_a .*creates the users again.*age int.*age bigint/,
    /^YAMA_CHECK_BRANCH .*m_b .*stands beside m_a/,
    /^YAMA_CHECK_NAME The index `UsersAge` of the migration m_b/,
    /^YAMA_CHECK_NAME The migration `20260104_C.sql` of/,
    /^YAMA_CHECK_NAME The column `userEmail` of/,
    /^YAMA_CHECK_NAME The column `fullName` of/,
    /^YAMA_CHECK_NAME The column `paidAt` of/,
    /^YAMA_CHECK_NAME The table `Orders` of/,
    /^YAMA_CHECK_NO_DOWN .*m_d/,
  ])
    expect(told).toContainEqual(expect.stringMatching(wanted))
  expect(told.filter((line) => line.startsWith('YAMA_CHECK_CONTRADICTION'))).toHaveLength(1)
})

test('the graph says which branch and which environment has what, and what of two branches does not commute', async () => {
  const { made, git } = repository({
    'migrations/20260101000000_base.sql': base,
    'yama.config.ts': "export default { dialect: 'sqlite' }\n",
    '.gitignore': 'own.db*\nprod.json\n',
  })
  using _ = made
  await made.json('up')
  git('checkout', '-qb', 'feature-index')
  made.write(
    'migrations/20260102000000_index.sql',
    file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age)', 'DROP INDEX users_age'),
  )
  git('add', '-A')
  git('commit', '-qm', 'index')
  git('checkout', '-q', 'main')
  git('checkout', '-qb', 'feature-rename')
  made.write(
    'migrations/20260103000000_rename.sql',
    file('m_rename', 'm_base', 'ALTER TABLE users RENAME COLUMN age TO years', 'ALTER TABLE users RENAME COLUMN years TO age'),
  )
  git('add', '-A')
  git('commit', '-qm', 'rename')
  expect(await made.json('graph', '--state', 'prod.json')).toMatchObject({ ok: false, reason: 'YAMA_CHECK_STATE', exitCode: 65 })
  await made.json('state', 'export', '--out', 'prod.json')
  const found = await made.json('graph', '--with-branches', 'feature-*', '--state', 'prod.json')
  expect(found.data).toMatchObject({
    nodes: [
      { id: 'm_base', appliedIn: ['default'], level: 0 },
      { id: 'm_index', appliedIn: [], branches: ['feature-index'], level: 1 },
      { id: 'm_rename', branches: ['feature-rename'] },
    ],
    heads: ['m_index', 'm_rename'],
  })
  const between = await made.json('graph', '--conflicts', 'feature-index,feature-rename')
  expect(between.data['conflicts']).toMatchObject([{ one: 'm_index', other: 'm_rename' }])
  const drawn = await made.yama('graph', '--conflicts', 'feature-index,feature-rename', '--levels')
  expect(drawn.stdout).toContain('rename  (level 1; feature-rename)')
  expect(drawn.stdout).toContain('m_index and m_rename meet at column age of relation users.')
  expect((await made.yama('graph', '--conflicts', 'main,feature-rename')).stdout).toContain('do not conflict')
  expect(await made.json('graph', '--conflicts', 'main,nobody')).toMatchObject({ exitCode: 64 })
})

test('the graph says in which environments each is applied', async () => {
  using made = workplace({
    'migrations/20260101000000_base.sql': base,
    'migrations/20260102000000_index.sql': file('m_index', 'm_base', 'CREATE INDEX users_age ON users (age)', 'DROP INDEX users_age'),
    'yama.config.ts':
      "export default { environments: { staging: { url: 'sqlite:./staging.db' }, prod: { url: 'sqlite:./prod.db' } }, defaultEnvironment: 'staging' }\n",
  })
  await made.json('up', '--env', 'staging')
  await made.json('up', '--env', 'prod', '--to', 'm_base')
  expect((await made.json('graph', '--in', 'staging', '--in', 'prod')).data).toMatchObject({
    nodes: [{ appliedIn: ['staging', 'prod'] }, { appliedIn: ['staging'] }],
  })
})

test('a reference that is not there, and a clone that is cut off, are said', async () => {
  const { made, git } = repository({ 'migrations/001_a.sql': 'CREATE TABLE a (id int);\n' })
  using _ = made
  expect(await made.json('check', '--base', 'origin/main', '--files-only')).toMatchObject({ reason: 'YAMA_CHECK_GIT', exitCode: 78 })
  made.write('migrations/002_b.sql', 'CREATE TABLE b (id int);\n')
  git('add', '-A')
  git('commit', '-qm', 'more')
  git('branch', 'feature', 'HEAD~1')
  using shallow = workplace({}, 'sqlite:./own.db')
  execFileSync('git', ['clone', '-q', '--depth', '1', '--no-single-branch', `file://${made.directory}`, '.'], {
    cwd: shallow.directory,
  })
  expect(await shallow.json('check', '--base', 'origin/feature', '--files-only')).toMatchObject({
    reason: 'YAMA_CHECK_SHALLOW',
  })
})
