import { config, sqlite, type BadCase } from './bad-case.ts'

const up = (files: Readonly<Record<string, string | Buffer>>): Pick<BadCase, 'command' | 'files' | 'env'> => ({
  command: 'up',
  env: sqlite,
  files: Object.fromEntries(Object.entries(files).map(([name, text]) => [`migrations/${name}`, text])),
})
/** Files are read without a database. */
const onPostgres = (text: string): Pick<BadCase, 'command' | 'files'> => ({
  command: 'validate',
  files: { 'yama.config.ts': config("{ dialect: 'postgres' }"), 'migrations/001_a.sql': text },
})
const good = 'create table a (id integer primary key);\n'
const header = (id: string, parents: string, rest = ''): string =>
  `-- id: ${id}\n-- parents: ${parents}\n${rest}\n-- +migrate Up\ncreate table ${id} (id int);\n\n-- +migrate Down\ndrop table ${id};\n`

export const migrationFileCases: readonly BadCase[] = [
  { title: 'directory that is not there', command: 'up', env: sqlite },
  { title: 'directory that is a file', command: 'up', env: sqlite, files: { migrations: 'no directory' } },
  { title: 'text that does not end', ...up({ '001_a.sql': "create table a (id int);\ninsert into a values ('open);\n" }) },
  { title: 'marker of no direction', ...up({ '001_a.sql': `-- +migrate Sideways\n${good}` }) },
  { title: 'statement block that does not end', ...up({ '001_a.sql': `-- +migrate Up\n-- +migrate StatementBegin\n${good}` }) },
  { title: 'statement outside of the markers', ...up({ '001_a.sql': `${good}-- +migrate Up\n${good}` }) },
  { title: 'two Ups', ...up({ '001_a.sql': `-- +migrate Up\n${good}-- +migrate Up\n${good}` }) },
  { title: 'id with a space', ...up({ '001_a.sql': header('a b', 'none') }) },
  { title: 'misspelt header', ...up({ '001_a.sql': header('a', 'none', '-- phasse: expand') }) },
  { title: 'unknown phase', ...up({ '001_a.sql': header('a', 'none', '-- phase: later') }) },
  { title: 'empty file', ...up({ '001_a.sql': '' }) },
  { title: 'file of comments', ...up({ '001_a.sql': '-- +migrate Up\n-- +migrate Down\n' }) },
  { title: 'psql command', ...onPostgres(`\\connect other\n${good}`) },
  { title: 'rows of pg_dump', ...onPostgres('copy a from stdin;\n1\n\\.\n') },
  { title: 'comment that does not end', ...onPostgres(`${good}/* open\n`) },
  { title: 'dollar quote that does not end', ...onPostgres('create function f() returns int as $$ select 1\n') },
  { title: 'transaction of its own that is rolled back', ...up({ '001_a.sql': `BEGIN;\n${good}ROLLBACK;\n` }) },
  { title: 'down file without its up file', ...up({ '001_a.down.sql': 'drop table a;' }) },
  { title: 'names that are none of a migration', ...up({ 'notes.docx': 'x', 'create users.sql': good }) },
  { title: 'id used twice', ...up({ '001_a.sql': header('same', 'none'), '002_b.sql': header('same', 'none') }) },
  { title: 'cycle', ...up({ '001_a.sql': header('a', 'b'), '002_b.sql': header('b', 'a') }) },
  { title: 'parent that is not there', ...up({ '001_a.sql': header('users_v1', 'none'), '002_b.sql': header('b', 'users_v2') }) },
  {
    title: 'link that does not fit the parent',
    ...up({ '001_a.sql': header('a', 'none'), '002_b.sql': header('b', 'a@0123456789abcdef') }),
  },
  { title: 'UTF-16', ...up({ '001_a.sql': Buffer.from(`\uFEFF${good}`, 'utf16le') }) },
  { title: 'bytes that are no text', ...up({ '001_a.sql': Buffer.from([0xff, 0xfe, 0xfd, 0x00, 0x80]) }) },
  {
    title: 'several broken files in one go',
    ...up({ '001_a.sql': "select 'open", '002_b.sql': '', '003_c.sql': '-- +migrate Sideways\nselect 1;' }),
  },
  { title: 'YAML that does not parse', ...up({ '001_a.yaml': 'up: [\n' }) },
  { title: 'YAML with an unknown key', ...up({ '001_a.yaml': 'descripton: x\nup:\n  - sql: select 1\n' }) },
  { title: 'YAML with an unknown operation', ...up({ '001_a.yaml': 'up:\n  - renameColum: { table: a, from: b, to: c }\n' }) },
  { title: 'YAML operation without a key', ...up({ '001_a.sql': good, '002_b.yaml': 'up:\n  - renameColumn: { table: a, from: id }\n' }) },
  {
    title: 'YAML operation on what is not there',
    ...up({ '001_a.sql': good, '002_b.yaml': 'up:\n  - renameColumn: { table: a, from: nmae, to: c }\n' }),
  },
  { title: 'YAML operation of a plugin that is not there', ...up({ '001_a.yaml': 'up:\n  - announce: { to: everybody }\n' }) },
  { title: 'module that throws', ...up({ '001_a.ts': "throw new Error('no luck')" }) },
  { title: 'module that exports something else', ...up({ '001_a.ts': 'export const up = () => {}' }) },
  { title: 'module that does not parse', ...up({ '001_a.ts': 'export default {{' }) },
  { title: 'file of a kind that nobody reads', ...up({ '001_a.cts': 'module.exports = {}' }) },
  { title: 'files of another database only', ...up({ '001_a/up.postgres.sql': 'select 1;' }) },
]
