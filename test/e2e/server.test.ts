import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { query, serverDatabase, serverUrl } from './databases.ts'
import { project } from './project.ts'

const server = await serverUrl()
const migration = { 'migrations/001_a.sql': 'create table a (id integer primary key);\n' }

describe.skipIf(server === undefined)(`a PostgreSQL server${server === undefined ? ': none' : ''}`, () => {
  const url = new URL(server ?? 'postgres://localhost/postgres')
  const withPath = (path: string, user = url.username): string => Object.assign(new URL(url.href), { pathname: path, username: user }).href

  test('what the server refuses has its own code', async () => {
    using made = project(migration)
    const role = `e2e_${randomBytes(6).toString('hex')}`
    await using database = await serverDatabase(server ?? '')
    await query(server ?? '', `CREATE ROLE ${role} LOGIN`)
    await database.query('REVOKE CREATE ON DATABASE ' + new URL(database.url).pathname.slice(1) + ' FROM PUBLIC')
    try {
      expect(await made.json(['up', '--url', withPath('/e2e_no_such_database')])).toMatchObject({
        exitCode: 69,
        reason: 'YAMA_CONNECT_DATABASE_MISSING',
      })
      expect(await made.json(['up', '--url', withPath('/postgres', 'e2e_no_such_role')])).toMatchObject({
        reason: 'YAMA_CONNECT_AUTHENTICATION',
      })
      const forbidden = await made.json(['up', '--url', withPath(new URL(database.url).pathname, role)])
      expect(forbidden).toMatchObject({ exitCode: 77, reason: 'YAMA_POSTGRES_HISTORY_PERMISSION' })
    } finally {
      await query(server ?? '', `DROP ROLE ${role}`)
    }
  })

  test('Ctrl-C cancels the statement, rolls back and ends with 130; the next run goes on', async () => {
    await using database = await serverDatabase(server ?? '')
    using made = project({ ...migration, 'migrations/002_slow.sql': 'create table b (id int);\nselect pg_sleep(60);\n' })
    const env = { DATABASE_URL: database.url }
    const ran = await made.yama('up --json=stream', {
      env,
      started: (kill, output) => output('"002_slow"', () => setTimeout(() => kill('SIGINT'), 300)),
    })
    expect(ran.code).toBe(130)
    expect(await database.query("select to_regclass('b') is null as gone, to_regclass('a') is not null as kept")).toEqual([
      { gone: true, kept: true },
    ])
    made.write('migrations/002_slow.sql', 'create table b (id int);\n')
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: ['002_slow'] } })
  })

  test('several runners at once: each migration runs once, and every runner succeeds', async () => {
    await using database = await serverDatabase(server ?? '')
    using made = project({ ...migration, 'migrations/002_b.sql': 'create table b (id int);\nselect pg_sleep(0.5);\n' })
    const env = { DATABASE_URL: database.url }
    const all = await Promise.all([1, 2, 3].map(() => made.json('up', { env })))
    expect(all.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0])
    expect(all.flatMap(({ data }) => (data as { readonly applied: readonly string[] }).applied).toSorted()).toEqual(['001_a', '002_b'])
  })

  test('plan --sql is a script that the server takes', async () => {
    await using database = await serverDatabase(server ?? '')
    using made = project({ ...migration, 'migrations/002_i.sql': 'create index concurrently a_id on a (id);\n' })
    const env = { DATABASE_URL: database.url }
    const { stdout } = await made.yama('plan --sql', { env })
    for (const statement of stdout.split(/(?<=;)\n/)) await database.query(statement)
    expect(await database.query("select indisvalid from pg_index where indexrelid = 'a_id'::regclass")).toEqual([{ indisvalid: true }])
    expect(await made.json(['baseline', '--reason', 'run by a DBA'], { env })).toMatchObject({ ok: true })
    expect(await made.json('status --exit-code', { env })).toMatchObject({ ok: true })
  })
})
