import { describe, expect, test } from 'vitest'
import { workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const files = {
  'migrations/001_a.sql': 'create table a (id int primary key);\n',
  'migrations/002_b.sql': 'create table b (id int primary key, name varchar(20));\n',
  'migrations/003_index.sql': 'create index b_name on b (name);\n',
  'migrations/004_rows.sql': 'insert into a (id) values (1);\n',
  'migrations/005_c.sql': 'create table c (id int primary key);\n',
}
const statements = Object.values(files).map((text) => text.replace(';\n', ''))

describe.each(answeringServers)('baseline --detect on $name', ({ create, kind }) => {
  test('finds the migrations that a database corresponds to, records them, and goes on from there', async () => {
    await using database = await create()
    // Scratch databases of a server are on the server itself, where the environment allows it.
    const environment = { url: database.url, ...(kind === 'sqlite' ? {} : { scratch: { allow: true } }) }
    using made = workplace({ ...files, 'yama.config.json': JSON.stringify({ environments: { dev: environment } }) })
    expect(await made.json('baseline', '--detect')).toMatchObject({ ok: true, data: { match: 'base', recorded: [] } })

    await database.sql(...statements.slice(0, 3))
    const found = { match: '003_index', unclear: ['004_rows'] }
    expect(await made.json('baseline', '--detect', '--dry-run')).toMatchObject({ ok: true, data: { ...found, recorded: [], dryRun: true } })
    expect((await made.json('status')).data['applied']).toEqual([])
    expect(await made.json('baseline', '--detect')).toMatchObject({
      ok: true,
      data: { ...found, recorded: ['001_a', '002_b', '003_index'] },
    })
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['004_rows', '005_c'] } })
    expect(Number((await database.sql('select count(*) as n from a'))[0]?.['n'])).toBe(1)
    expect(await made.json('verify')).toMatchObject({ ok: true })
  })

  test('what repeatable migrations make may be there in an older form, or not at all', async () => {
    await using database = await create()
    const environment = { url: database.url, ...(kind === 'sqlite' ? {} : { scratch: { allow: true } }) }
    using made = workplace({
      ...files,
      'migrations/R__names.sql': 'drop view if exists names;\ncreate view names as select id, name from b;\n',
      'yama.config.json': JSON.stringify({ environments: { dev: environment } }),
    })
    await database.sql(...statements.slice(0, 3))
    expect(await made.json('baseline', '--detect', '--dry-run')).toMatchObject({ ok: true, data: { match: '003_index' } })
    await database.sql('create view names as select name from b')
    expect(await made.json('baseline', '--detect')).toMatchObject({ ok: true, data: { match: '003_index' } })
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['004_rows', '005_c', 'R__names'] } })
  })

  test('says what differs where a database fits nowhere, and records nothing', async () => {
    await using database = await create()
    const environment = { url: database.url, ...(kind === 'sqlite' ? {} : { scratch: { allow: true } }) }
    using made = workplace({ ...files, 'yama.config.json': JSON.stringify({ environments: { dev: environment } }) })
    await database.sql(...statements.slice(0, 3), 'alter table b add column by_hand int')
    expect(await made.json('baseline', '--detect')).toMatchObject({
      exitCode: 2,
      reason: 'YAMA_BASELINE_UNDETECTED',
      diagnostics: [{ message: expect.stringMatching(/after 00[34]_\w+: .*by_hand/) }],
    })
    expect((await made.json('status')).data['applied']).toEqual([])
  })
})

test('states of tags and counted migrations can be compared', async () => {
  const server = answeringServers[0]!
  await using database = await server.create()
  using made = workplace({ ...files, 'yama.config.json': JSON.stringify({ environments: { dev: { url: database.url } } }) })
  await made.json('up', '--to', '001_a')
  await made.json('tag', 'v1')
  await made.json('up')
  const texts = ({ data }: Awaited<ReturnType<typeof made.json>>): string => JSON.stringify(data['differences'])
  const tagged = await made.json('diff', 'tag:v1', 'migrations')
  expect(texts(tagged)).toContain('table b')
  expect(texts(tagged)).toContain('table c')
  const counted = await made.json('diff', 'migration:head-1', 'migration:head')
  expect(texts(counted)).not.toContain('table b')
  expect(texts(counted)).toContain('table c')
  expect(await made.json('diff', 'tag:v2', 'migrations')).toMatchObject({ reason: 'YAMA_TARGET_TAG' })
})
