import { join } from 'node:path'
import { expect, test } from 'vitest'
import { project, type Envelope } from './project.ts'
import { onFile, rowsOf } from './sqlite-file.ts'

const env = { DATABASE_URL: 'sqlite:./t.db' } as const
const table = (name: string): string =>
  `-- +migrate Up\ncreate table ${name} (id integer primary key, name text);\n-- +migrate Down\ndrop table ${name};\n`
const three = { 'migrations/001_a.sql': table('a'), 'migrations/002_b.sql': table('b'), 'migrations/003_c.sql': table('c') }
const digestOf = ({ data }: Envelope): string => (data as { readonly digest: string }).digest
const ids = ({ data }: Envelope, key: 'applied' | 'reverted' | 'pending'): readonly string[] =>
  (data as Record<string, readonly (string | { readonly id: string })[]>)[key]!.map((item) => (typeof item === 'string' ? item : item.id))

test('steps, targets and dry runs run what they name and no more', async () => {
  using made = project(three)
  expect(await made.json('up --dry-run', { env })).toMatchObject({ ok: true, data: { dryRun: true, migrations: [{}, {}, {}] } })
  expect(ids(await made.json('status', { env }), 'applied')).toEqual([])
  expect(ids(await made.json('up --steps 1', { env }), 'applied')).toEqual(['001_a'])
  expect(ids(await made.json('up --to 002', { env }), 'applied')).toEqual(['002_b'])
  expect(ids(await made.json('status', { env }), 'pending')).toEqual(['003_c'])
  const back = await made.json('plan --down-to base', { env })
  expect(ids(await made.json(`down --to base --confirm ${digestOf(back)}`, { env }), 'reverted')).toEqual(['002_b', '001_a'])
})

test('a digest confirms one plan: after another change it confirms nothing', async () => {
  using made = project(three)
  await made.json('up --steps 2', { env })
  const stale = digestOf(await made.json('plan --down', { env }))
  await made.json('up', { env })
  expect(await made.json(`down --confirm ${stale}`, { env })).toMatchObject({ exitCode: 4, reason: 'YAMA_CONFIRM_WRONG' })
  expect(ids(await made.json('status', { env }), 'applied')).toHaveLength(3)
})

test('several runners at once: each migration runs once, and every runner succeeds', async () => {
  using made = project(three)
  const all = await Promise.all([1, 2, 3].map(() => made.json('up', { env })))
  expect(all.map(({ exitCode, reason }) => [exitCode, reason === 'ok' || reason === 'no changes'])).toEqual(all.map(() => [0, true]))
  expect(all.flatMap((envelope) => ids(envelope, 'applied')).toSorted()).toEqual(['001_a', '002_b', '003_c'])
})

test('migrations whose files are gone are reverted from the stored text', async () => {
  using made = project({
    'migrations/001_a.sql': table('a'),
    'migrations/002_b.yaml': 'up:\n  - renameColumn: { table: a, from: name, to: title }\n',
  })
  expect(ids(await made.json('up', { env }), 'applied')).toEqual(['001_a', '002_b'])
  made.remove('migrations/002_b.yaml')
  expect(await made.json('down', { env })).toMatchObject({ ok: true, data: { reverted: ['002_b'] } })
  expect(JSON.stringify(rowsOf(join(made.directory, 't.db'), "select name from pragma_table_info('a')"))).toContain('"name"')
  made.remove('migrations')
  const plan = await made.json('plan --down', { env })
  // Nothing is left to run from, so a run says so; the way back needs no directory.
  expect(plan.reason).toBe('YAMA_SOURCE_DIRECTORY')
  const refused = await made.json('down', { env })
  expect(refused.reason).toBe('YAMA_CONFIRM_NEEDED')
  const digest = /--confirm ([0-9a-f]{16})/.exec(refused.diagnostics[0]?.hint ?? '')?.[1] ?? ''
  expect(await made.json(`down --confirm ${digest}`, { env })).toMatchObject({ ok: true, data: { reverted: ['001_a'] } })
})

test('YAML migrations go up and down, with and without a down of their own', async () => {
  using made = project({
    'migrations/001_a.sql': table('a'),
    'migrations/002_b.yaml':
      'up:\n  - addColumn: { table: a, column: age, type: integer }\n  - renameColumn: { table: a, from: name, to: title }\n',
    'migrations/003_c.yaml': "up:\n  - sql: insert into a (title) values ('x')\ndown:\n  - sql: delete from a where title = 'x'\n",
    'migrations/004_d.yaml': 'up:\n  - sql: create table d (id int)\n',
  })
  const plan = await made.json('plan', { env })
  expect(JSON.stringify(plan.data)).toContain('ALTER TABLE a RENAME COLUMN name TO title')
  expect(ids(await made.json('up --to 003', { env }), 'applied')).toHaveLength(3)
  const back = await made.json('plan --down 2', { env })
  expect(ids(await made.json(`down --steps 2 --confirm ${digestOf(back)}`, { env }), 'reverted')).toEqual(['003_c', '002_b'])
  expect(ids(await made.json('up', { env }), 'applied')).toEqual(['002_b', '003_c', '004_d'])
  expect(await made.json('down', { env })).toMatchObject({ exitCode: 65, reason: 'YAMA_DOWN_MISSING' })
})

test('plan --sql is a script that SQLite takes: foreign keys are switched outside of the transaction', async () => {
  const entity = (email: string): string =>
    `entities:\n  User:\n    table: users\n    fields:\n      id: bigint! primary identity\n      email: ${email}\n  Post:\n    table: posts\n    fields:\n      id: bigint! primary identity\n      author: User! onDelete:cascade\n`
  using made = project({ 'schema/a.yaml': entity('string(320)!') })
  await made.json('generate', { env })
  expect(await made.json('up', { env })).toMatchObject({ ok: true })
  const file = join(made.directory, 't.db')
  onFile(file, "insert into users (id, email) values (1, 'a'); insert into posts (id, author_id) values (1, 1)")
  made.write('schema/a.yaml', entity('string(100)?'))
  expect(await made.json('generate', { env })).toMatchObject({ ok: true })
  const { stdout } = await made.yama('plan --sql', { env })
  expect(stdout.indexOf('PRAGMA foreign_keys = OFF')).toBeLessThan(stdout.indexOf('BEGIN'))
  expect(stdout.lastIndexOf('PRAGMA foreign_keys = ON')).toBeGreaterThan(stdout.indexOf('COMMIT'))
  onFile(file, stdout)
  expect(rowsOf(file, 'select count(*) as n from posts')).toEqual([{ n: 1 }])
  const [pending = ''] = ids(await made.json('status', { env }), 'pending')
  expect(await made.json(['repair', 'mark-applied', pending, '--reason', 'run by a DBA'], { env })).toMatchObject({ ok: true })
  expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true })
  expect((await made.yama('plan --sql', { env })).stdout).toBe('-- nothing to run\n')
})

test('late files, edits and repairs: each needs its word, and the history keeps it', async () => {
  using made = project(three)
  await made.json('up', { env })
  made.write('migrations/002_late.sql', table('late'))
  expect(await made.json('up', { env })).toMatchObject({ exitCode: 4, reason: 'YAMA_HISTORY_LATE' })
  expect(ids(await made.json('up --allow-late 002_late', { env }), 'applied')).toEqual(['002_late'])
  made.write('migrations/003_c.sql', `-- a comment more\n${table('c')}`)
  expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true, data: { cosmetic: [{ id: '003_c' }], edited: [] } })
  made.write('migrations/003_c.sql', table('c').replace('name text', 'name text not null'))
  expect(await made.json('status --exit-code', { env })).toMatchObject({ exitCode: 2, data: { edited: [{ id: '003_c' }] } })
  expect(await made.json(['repair', 'accept-edit', '003_c', '--reason', 'agreed'], { env })).toMatchObject({ ok: true })
  expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true })
  expect(await made.json('history 003_c', { env })).toMatchObject({ data: [{ type: 'edit.accepted', payload: { reason: 'agreed' } }, {}] })
})

test('Ctrl-C ends a run with 130 and leaves what was done done', async () => {
  const slow =
    "import { defineMigration } from '@yama/cli'\nimport { setTimeout } from 'node:timers/promises'\nexport default defineMigration({ id: 'm_SLOW000000', parents: [], up: async ({ signal }) => { process.stderr.write('RUNNING\\n'); await setTimeout(60_000, undefined, { signal }) } })\n"
  using made = project({ 'migrations/002_slow.ts': slow })
  const ran = await made.yama('up --json', { env, started: (kill, output) => output('RUNNING', () => kill('SIGINT')) })
  expect(ran.code).toBe(130)
  expect(JSON.parse(ran.stdout)).toMatchObject({ ok: false, exitCode: 130, reason: 'YAMA_RUN_ABORTED' })
  expect(ids(await made.json('status', { env }), 'applied')).toEqual([])
})

test('reset empties, migrates and seeds; nothing else of the kind runs in production', async () => {
  using made = project({ ...three, 'seed.sql': "insert into a (name) values ('seeded');\n" })
  await made.json('up', { env })
  expect(await made.json('reset --confirm default', { env })).toMatchObject({ ok: true, data: { seeds: ['seed.sql'] } })
  expect(rowsOf(join(made.directory, 't.db'), 'select name from a')).toEqual([{ name: 'seeded' }])
})

test.each([
  ['ts', "import { defineMigration } from '@yama/core'\n\nexport default defineMigration({\n"],
  ['mjs', 'export default ({\n  // plain JavaScript\n\n'],
])('what fails inside a .%s migration is told with its line', async (extension, start) => {
  const body = `  id: 'm_a',\n  up: async ({ connection }) => {\n    await connection.execute('CREATE TABEL x (id int)')\n  },\n})\n`
  using made = project({ [`migrations/001_a.${extension}`]: start + body })
  expect(await made.json('up', { env })).toMatchObject({
    reason: 'YAMA_MIGRATION_FAILED',
    diagnostics: [{ file: `migrations/001_a.${extension}`, line: 6, col: 22 }],
  })
})

test('history needs no file: neither one that is broken nor the directory', async () => {
  using made = project(three)
  await made.json('up', { env })
  made.write('migrations/004_d.sql', "select '")
  expect(await made.json('history 002_b', { env })).toMatchObject({ ok: true, data: [{ migrationId: '002_b' }] })
  made.remove('migrations')
  expect(await made.json('history --applied', { env })).toMatchObject({ ok: true, data: [{}, {}, {}] })
})

test('a migration that is compared is named by id, name or version, and one that is not there is refused', async () => {
  using made = project(three)
  for (const name of ['003_c', '3', '002'])
    expect(await made.json(`diff migration:${name} migration:003_c`, { env }), name).toMatchObject({ data: { equal: name !== '002' } })
  expect(await made.json('diff migration:nope entities', { env })).toMatchObject({ exitCode: 64, reason: 'YAMA_TARGET_UNKNOWN' })
})
