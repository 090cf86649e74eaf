import { expect, test } from 'vitest'
import { workplace, type Envelope, type Workplace } from '../history/command.ts'
import { answeringServers, type OwnDatabase } from '../history/databases.ts'

const server = answeringServers.find(({ kind }) => kind === 'sqlite')
/** Users with an id, an email, and one more field where it is given. */
const entity = (more = ''): string =>
  `version: 1\nentities:\n  User:\n    table: users\n    fields:\n      id: int! primary\n      email: text?\n${more === '' ? '' : `      ${more}\n`}`
const verdicts = (envelope: Envelope): readonly string[] =>
  (envelope.data['objects'] as readonly Readonly<Record<string, string>>[]).map(({ object = '', verdict = '' }) => `${object}: ${verdict}`)
const codes = ({ diagnostics }: Envelope): readonly string[] => diagnostics.map(({ code }) => code)

async function prepared(files: Readonly<Record<string, string>>): Promise<{ readonly made: Workplace; readonly database: OwnDatabase }> {
  if (server === undefined) throw new Error('SQLite always answers')
  const database = await server.create()
  return { made: workplace(files, database.url), database }
}

const plain = { 'migrations/001_users.sql': '-- +migrate Up\ncreate table users (id integer primary key, email text);\n' }

test('the verdict says where the entities stand', async () => {
  const { made, database } = await prepared({ 'schema/users.yaml': entity() })
  await using _database = database
  using _made = made
  expect(await made.json('generate', 'users')).toMatchObject({ ok: true })
  expect(await made.json('up')).toMatchObject({ ok: true })
  await database.sql("alter table users add column nick text default 'x'")
  expect(verdicts(await made.json('drift'))).toEqual(['column users.nick: by-hand'])
  made.write('schema/users.yaml', entity("nick: text? = 'x'"))
  expect(verdicts(await made.json('drift'))).toEqual(['column users.nick: adopted'])
  made.write('schema/users.yaml', entity("nick: text? = 'y'"))
  expect(verdicts(await made.json('drift'))).toEqual(['column users.nick: conflict'])
  expect(verdicts(await made.json('drift', '--no-entities'))).toEqual(['column users.nick: by-hand'])

  const { data } = await made.json('drift', 'show', 'users.nick')
  expect(data).toMatchObject({
    objects: [{ object: 'column users.nick', verdict: 'conflict', attributes: expect.arrayContaining([]) }],
    adopt: [expect.stringContaining('ADD COLUMN')],
    repair: [expect.stringContaining('DROP COLUMN')],
  })
  const adopted = await made.yama('drift', 'adopt', 'users.nick')
  expect(adopted.stdout).toContain('The entities do not say it yet, they say something else: column users.nick')
})

test('what is ignored has a reason and a day, does not count, and counts again', async () => {
  const { made, database } = await prepared(plain)
  await using _database = database
  using _made = made
  await made.json('up')
  await database.sql('create table tmp (id int)', 'create index by_email on users (email)')
  const ignore = (...words: readonly string[]): Promise<Envelope> => made.json('drift', 'ignore', ...words)
  expect(codes(await ignore('tmp', '--reason', 'x'))).toEqual(['YAMA_CLI_USAGE'])
  expect(codes(await ignore('tmp', '--until', '2099-01-31'))).toEqual(['YAMA_CLI_USAGE'])
  expect(codes(await ignore('tmp', '--reason', 'x', '--until', '2099-02-31'))).toEqual(['YAMA_CLI_USAGE'])
  expect(codes(await ignore('nothing', '--reason', 'x', '--until', '2099-01-31'))).toEqual(['YAMA_DRIFT_UNKNOWN_OBJECT'])
  expect(await ignore('tmp', '--reason', 'import', '--until', '2099-01-31')).toMatchObject({ ok: true })
  expect(JSON.parse(made.read('.yama/drift-ignore.json'))).toEqual([{ object: 'table tmp', reason: 'import', until: '2099-01-31' }])

  // The index still counts, and a repair leaves the ignored table alone.
  expect(await made.json('drift')).toMatchObject({ exitCode: 2 })
  const plan = await made.json('drift', 'repair')
  expect(plan).toMatchObject({ data: { objects: ['index users.by_email'] } })
  expect(await made.json('drift', 'repair', '--confirm', String(plan.data['digest']))).toMatchObject({ ok: true })
  expect(await made.json('drift')).toMatchObject({ exitCode: 0, data: { objects: [{ ignored: { reason: 'import' } }] } })

  made.write('.yama/drift-ignore.json', made.read('.yama/drift-ignore.json').replace('2099', '2020'))
  const expired = await made.json('drift')
  expect(expired.exitCode).toBe(2)
  expect(codes(expired)).toEqual(['YAMA_DRIFT_IGNORE_EXPIRED'])
  made.write('.yama/drift-ignore.json', '[{ "object": "table tmp", "until": "2099-01-31" }]')
  expect(codes(await made.json('drift'))).toEqual(['YAMA_DRIFT_IGNORE_INVALID'])
})

test('a repair runs what was confirmed and nothing else', async () => {
  const { made, database } = await prepared(plain)
  await using _database = database
  using _made = made
  await made.json('up')
  await database.sql('alter table users drop column email')
  const { data } = await made.json('drift', 'repair')
  await database.sql('create table more (id int)')
  expect(codes(await made.json('drift', 'repair', '--confirm', String(data['digest'])))).toEqual(['YAMA_DRIFT_STALE'])
  expect(codes(await made.json('drift', 'repair', 'nothing'))).toEqual(['YAMA_DRIFT_UNKNOWN_OBJECT'])
  const one = await made.json('drift', 'repair', 'more')
  expect(one.data['statements']).toEqual([expect.stringMatching(/^DROP TABLE .?more/i)])
  expect(await made.json('drift', 'repair', 'more', '--confirm', String(one.data['digest']))).toMatchObject({ ok: true })
  expect(verdicts(await made.json('drift'))).toEqual(['column users.email: by-hand'])
})

test('a database without a stored schema is told how to get one', async () => {
  const { made, database } = await prepared(plain)
  await using _database = database
  using _made = made
  await database.sql('create table users (id integer primary key, email text)')
  await made.json('baseline')
  expect(codes(await made.json('drift'))).toEqual(['YAMA_DRIFT_NO_SNAPSHOT'])
  expect(codes(await made.json('drift', 'baseline'))).toEqual(['YAMA_CLI_USAGE'])
  expect(await made.json('drift', 'baseline', '--reason', 'from the old tool')).toMatchObject({ ok: true })
  expect(await made.json('drift')).toMatchObject({ exitCode: 0 })
  await database.sql('create table more (id int)')
  expect(await made.json('drift', 'baseline', '--reason', 'kept')).toMatchObject({ data: { objects: ['table more'] } })
  expect(await made.json('drift')).toMatchObject({ exitCode: 0 })
})

test('what is adopted comes after what is applied, whatever is pending', async () => {
  const { made, database } = await prepared({ 'schema/users.yaml': entity() })
  await using _database = database
  using _made = made
  await made.json('generate', 'users')
  await made.json('up')
  made.write('schema/users.yaml', entity('age: int?'))
  await made.json('generate', 'age')
  await database.sql('create index by_email on users (email)')
  expect(await made.json('drift', 'adopt', '--name', 'index', '--reason', 'slow')).toMatchObject({ ok: true })
  expect(await made.json('drift')).toMatchObject({ exitCode: 0 })
  expect(await made.json('status')).toMatchObject({ ok: true })
  expect((await made.json('up')).data['applied']).toHaveLength(1)
  expect(await made.json('drift')).toMatchObject({ exitCode: 0 })

  const elsewhere = await prepared({})
  await using other = elsewhere.database
  using there = elsewhere.made
  for (const file of made.list('migrations')) there.write(`migrations/${file}`, made.read(`migrations/${file}`))
  expect((await there.json('up')).data['applied']).toHaveLength(3)
  expect(await there.json('diff', database.url, other.url)).toMatchObject({ data: { equal: true } })
})
