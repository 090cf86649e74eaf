import { describe, expect, test } from 'vitest'
import { workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const ofEachKind = answeringServers.filter(({ kind }, at) => answeringServers.findIndex((other) => other.kind === kind) === at)

describe.each(ofEachKind)('what is adopted on $name', ({ kind, create }) => {
  test('is in the entities too, which keep their comments', { timeout: 120_000 }, async () => {
    await using database = await create()
    const settings = { dialect: kind, environments: { dev: { url: database.url, scratch: { allow: true } } } }
    using made = workplace({
      'schema/users.yaml':
        'version: 1\nentities:\n  # Everybody who signs in\n  User:\n    table: users\n    fields:\n      id: int! primary\n      email: string(90)? # never shown\n',
      'yama.config.ts': `export default ${JSON.stringify(settings)}\n`,
    })
    const here = ['--env', 'dev'] as const
    expect(await made.json('generate', 'users')).toMatchObject({ ok: true })
    expect(await made.json('up', ...here)).toMatchObject({ ok: true })
    await database.sql('ALTER TABLE users ADD COLUMN nick varchar(40)', 'CREATE INDEX users_by_nick ON users (nick)')
    await database.sql('CREATE TABLE by_hand (id integer PRIMARY KEY)')
    expect(await made.json('drift', 'adopt', '--name', 'by_hand', ...here)).toMatchObject({
      ok: true,
      data: { done: true, entities: expect.arrayContaining(['schema/users.yaml']) },
    })
    const text = made.read('schema/users.yaml')
    for (const kept of ['# Everybody who signs in', '# never shown', 'nick: string(40)?']) expect(text).toContain(kept)
    expect(await made.json('drift', ...here)).toMatchObject({ ok: true, data: { objects: [] } })
    expect(await made.json('generate', 'nothing')).toMatchObject({ ok: true, data: { status: 'empty' } })
    expect(await made.json('check')).toMatchObject({ ok: true })
  })
})
