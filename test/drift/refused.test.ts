import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { workplace } from '../history/command.ts'
import { answeringServers } from '../history/databases.ts'

const up = { 'migrations/001_a.sql': '-- +migrate Up\ncreate table a (id int primary key, n int not null);\n' }

describe.each(answeringServers)('on $name', ({ create, kind }) => {
  test('a repair that the rows do not allow says how far it came, and can be made again', { timeout: 60_000 }, async () => {
    await using database = await create()
    using made = workplace(up, database.url)
    await made.json('up')
    await database.sql('insert into a values (1, 2)', 'alter table a drop column n', 'create table more (id int)')
    const { data } = await made.json('drift', 'repair')
    const answer = await made.json('drift', 'repair', '--confirm', String(data['digest']))
    // MySQL and MariaDB fill the column with 0.
    if (kind === 'mysql' || kind === 'mariadb') return expect(answer).toMatchObject({ ok: true })
    expect(answer).toMatchObject({ ok: false, diagnostics: [{ code: 'YAMA_DRIFT_REPAIR_FAILED' }] })
    expect(answer.diagnostics[0]?.message).toMatch(/0 of \d statement/)
    await database.sql('delete from a')
    const again = await made.json('drift', 'repair')
    expect(await made.json('drift', 'repair', '--confirm', String(again.data['digest']))).toMatchObject({ ok: true })
    expect(await made.json('drift')).toMatchObject({ exitCode: 0 })
  })
})

const server = answeringServers.find(({ kind }) => kind === 'postgres')
test.runIf(server !== undefined)('on PostgreSQL reading the history and the catalogue is enough', { timeout: 60_000 }, async () => {
  if (server === undefined) return
  const role = `yama_reader_${randomBytes(4).toString('hex')}`
  await using database = await server.create()
  using made = workplace(up)
  await made.json('up', '--url', database.url)
  const url = Object.assign(new URL(database.url), { username: role, password: 'reader' }).href
  await database.sql(
    `create role ${role} login password 'reader'`,
    `grant usage on schema yama to ${role}`,
    `grant select on all tables in schema yama to ${role}`,
    'alter table a add column extra int',
  )
  try {
    expect(await made.json('drift', '--url', url)).toMatchObject({ exitCode: 2, data: { objects: [{ object: 'column public.a.extra' }] } })
  } finally {
    await database.sql(`drop owned by ${role}`, `drop role ${role}`)
  }
})
