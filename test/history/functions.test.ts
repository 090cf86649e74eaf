import { describe, expect, test } from 'vitest'
import { workplace } from './command.ts'
import { answeringServers } from './databases.ts'

const files = {
  'migrations/001_a.sql': 'create table a (id int primary key);\n',
  'migrations/002_b.sql': 'create table b (id int primary key);\n',
}

describe.each(answeringServers)('functions over the history on $name', ({ create, kind }) => {
  test('are made when the project turns them on, and are no part of the schema', async () => {
    await using database = await create()
    const config = (on: boolean): string => JSON.stringify({ environments: { dev: { url: database.url } }, historyFunctions: on })
    using made = workplace({ ...files, 'yama.config.json': config(false) })
    await made.json('up', '--steps', '1')
    const server = kind === 'postgres' ? 'yama.' : ''
    const version = `select ${server}get_current_schema_version() as v`
    await expect(database.sql(version)).rejects.toBeDefined()
    made.write('yama.config.json', config(true))
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['002_b'] } })
    if (kind === 'sqlite') {
      expect((await database.sql('select version from yama_current_version'))[0]).toEqual({ version: '002' })
      return
    }
    expect((await database.sql(version))[0]?.['v']).toBe('002')
    const rows = await database.sql(kind === 'postgres' ? 'select * from yama.get_migration_history()' : 'call get_migration_history()')
    expect(rows.map((row) => row['name'] ?? (row as unknown as readonly { readonly name: string }[])[0]?.name)).toContain('001_a')
    expect(await made.json('verify')).toMatchObject({ ok: true })
    expect(await made.json('diff', 'env:dev', database.url)).toMatchObject({ data: { equal: true } })
    expect(JSON.stringify((await made.json('diff', 'empty', 'env:dev')).data)).not.toContain('get_migration_history')
  })
})
