import { config, sqlite, works, type BadCase } from './bad-case.ts'

const first = '-- +migrate Up\ncreate table a (id integer primary key, name text);\n-- +migrate Down\ndrop table a;\n'
const second = '-- +migrate Up\ncreate table b (id integer primary key);\n-- +migrate Down\ndrop table b;\n'
const files = { 'migrations/001_a.sql': first, 'migrations/002_b.sql': second }
const module = (up: string): string =>
  `import { defineMigration } from '@yama/cli'\nexport default defineMigration({ id: 'm_ABCDEFGHJK', parents: [], up: async ({ connection }) => { ${up} } })\n`
const appliedThen =
  (change: (project: Parameters<NonNullable<BadCase['before']>>[0]) => void): NonNullable<BadCase['before']> =>
  async (project) => {
    await works(project, 'up')
    change(project)
  }
const up = (text: string): Pick<BadCase, 'command' | 'env' | 'files'> => ({
  command: 'up',
  env: sqlite,
  files: { 'migrations/001_a.sql': first, 'migrations/002_b.sql': text },
})

export const runCases: readonly BadCase[] = [
  { title: 'syntax error', ...up('create table b (\n  id integer,\n  name text not nul\n);\n') },
  { title: 'table that is not there', ...up('insert into nowhere values (1);\n') },
  { title: 'constraint', ...up('insert into a values (1, null);\ninsert into a values (1, null);\n') },
  {
    title: 'failure after what cannot be rolled back',
    ...up('-- +migrate Up notransaction\ncreate table b (id int);\nvacuum;\ncreate table b (id int);\n'),
  },
  { title: 'function that throws', command: 'up', env: sqlite, files: { 'migrations/001_a.ts': module("throw new Error('no luck')") } },
  {
    title: 'function with a broken statement',
    command: 'up',
    env: sqlite,
    files: { 'migrations/001_a.ts': module("await connection.execute('selct 1')") },
  },
  {
    title: 'edited file',
    command: 'up',
    env: sqlite,
    files,
    before: appliedThen((project) => project.write('migrations/001_a.sql', first.replace('name text', 'name integer'))),
  },
  {
    title: 'missing file, and a new one',
    command: 'up',
    env: sqlite,
    files,
    before: appliedThen((project) => {
      project.remove('migrations/002_b.sql')
      project.write('migrations/003_c.sql', 'create table c (id int);')
    }),
  },
  {
    title: 'late file',
    command: 'up',
    env: sqlite,
    files,
    before: appliedThen((project) => project.write('migrations/001_z.sql', 'create table z (id int);')),
  },
  { title: 'target that is not there', command: 'up --to 003', env: sqlite, files },
  { title: 'target that fits several', command: 'up --to 00', env: sqlite, files },
  {
    title: 'target that is skipped',
    command: 'up --to 002_b',
    files: { ...files, 'yama.config.ts': config("{ skip: ['002_b'], environments: { dev: { url: 'sqlite:t.db' } } }") },
  },
  {
    title: 'phase that waits for another',
    command: 'up --to 002_b --phase contract',
    env: sqlite,
    files: { ...files, 'migrations/002_b.sql': `-- phase: contract\n${second}` },
  },
  { title: 'digest of another plan', command: 'up --confirm 0123456789abcdef', env: sqlite, files },
  { title: 'way back that loses data', command: 'down', env: sqlite, files, before: appliedThen(() => undefined) },
  {
    title: 'way back that is not there',
    command: 'down',
    env: sqlite,
    files: { 'migrations/001_a.sql': 'create table a (id int);' },
    before: appliedThen(() => undefined),
  },
  {
    title: 'way back in comments',
    command: 'down',
    env: sqlite,
    files: { 'migrations/001_a.sql': 'create table a (id int);\n-- Rollback: drop table a;\n' },
    before: appliedThen(() => undefined),
  },
  {
    title: 'way back to what is not applied',
    command: 'down --to 002_b',
    env: sqlite,
    files,
    before: async (project) => works(project, 'up --to 001_a'),
  },
  {
    title: 'way back of a lost module',
    command: 'down',
    env: sqlite,
    files: { 'migrations/001_a.ts': module("await connection.execute('select 1')") },
    before: appliedThen((project) => project.remove('migrations/001_a.ts')),
  },
  { title: 'required migration that is pending', command: 'status --require 002_b', env: sqlite, files },
  { title: 'baseline of what is applied', command: 'baseline 001_a', env: sqlite, files, before: appliedThen(() => undefined) },
  {
    title: 'repair of nothing',
    command: ['repair', 'mark-applied', '001_a', '--reason', 'x'],
    env: sqlite,
    files,
    before: appliedThen(() => undefined),
  },
  {
    title: 'repair of an edit that is none',
    command: ['repair', 'accept-edit', '001_a', '--reason', 'x'],
    env: sqlite,
    files,
    before: appliedThen(() => undefined),
  },
  {
    title: 'seed that fails',
    command: 'seed',
    env: sqlite,
    files: { ...files, 'seed.sql': 'insert into a values (1, null);\ninsert into nowhere values (1);\n' },
    before: appliedThen(() => undefined),
  },
  { title: 'seed that does not parse', command: 'seed', env: sqlite, files: { ...files, 'seed.sql': "insert into a values ('open" } },
  { title: 'new file over an old one', command: 'init --dialect sqlite --no-install', files: { 'yama.config.ts': config('{}') } },
]
