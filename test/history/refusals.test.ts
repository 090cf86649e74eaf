import { describe, expect, test } from 'vitest'
import { workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const config = (url: string): string => JSON.stringify({ environments: { dev: { url } } })

describe.each(answeringServers)('$name', ({ create, table }) => {
  test('a row whose meaning was hashed by a newer version is refused, and read all the same', async () => {
    await using database = await create()
    using made = workplace({ 'migrations/001_a.sql': 'create table a (id int primary key);\n' }, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true })
    await database.sql(`update ${table('migration')} set sem_hash = 'y9:sha512:0f'`)
    made.write('migrations/002_b.sql', 'create table b (id int primary key);\n')
    expect(await made.json('up')).toMatchObject({
      ok: false,
      reason: 'YAMA_HASH_ALGORITHM',
      diagnostics: [{ message: expect.stringMatching(/001_a.*y9:sha512/) }],
    })
    expect((await made.json('status')).data).toMatchObject({ edited: [] })
  })

  test('a development database is emptied although a run in it did not end', async () => {
    await using database = await create()
    const broken = '-- transaction: none\ncreate table b (id int primary key);\ninsert into nowhere values (1);\n'
    using made = workplace({
      'migrations/001_a.sql': 'create table a (id int primary key);\n',
      'migrations/002_b.sql': broken,
      'yama.config.json': config(database.url),
    })
    expect(await made.json('up')).toMatchObject({ ok: false, reason: 'YAMA_MIGRATION_PARTIAL' })
    expect(await made.json('reset')).toMatchObject({ reason: 'YAMA_CONFIRM_TEXT_NEEDED' })
    made.write('migrations/002_b.sql', 'create table b (id int primary key);\n')
    expect(await made.json('reset', '--confirm', 'dev')).toMatchObject({ ok: true })
    expect(await made.json('status', '--exit-code')).toMatchObject({ ok: true, data: { pending: [] } })
    expect(await made.json('audit', 'verify')).toMatchObject({ ok: true })
  })
})
