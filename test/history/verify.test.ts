import { createServer } from 'node:net'
import type { DatabaseKind } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { workplace } from './command.ts'
import { answeringServers, servers } from './databases.ts'

const file = (up: string, down: string): string => `-- +migrate Up\n${up}\n-- +migrate Down\n${down}\n`
const files = {
  'migrations/001_a.sql': file('create table a (id int primary key, size int);', 'drop table a;'),
  'migrations/002_b.sql': file('create table b (id int primary key, a_id int, foreign key (a_id) references a (id));', 'drop table b;'),
}
/** What each database can leave half-done, and the code that names it. */
const halfDone: Readonly<
  Record<DatabaseKind, { readonly sql: readonly string[]; readonly code: string; readonly severity: 'error' | 'warning' } | undefined>
> = {
  postgres: {
    sql: ['alter table a add constraint small check (size < 10) not valid'],
    code: 'YAMA_VERIFY_CONSTRAINT',
    severity: 'warning',
  },
  mysql: {
    sql: ['alter table a add constraint small check (size < 10) not enforced'],
    code: 'YAMA_VERIFY_CONSTRAINT',
    severity: 'warning',
  },
  mariadb: undefined,
  sqlite: undefined,
}
const orphan: Readonly<Record<DatabaseKind, readonly string[] | undefined>> = {
  postgres: undefined,
  mysql: ['set foreign_key_checks = 0', 'insert into b values (1, 99)'],
  mariadb: ['set foreign_key_checks = 0', 'insert into b values (1, 99)'],
  sqlite: ['pragma foreign_keys = off', 'insert into b values (1, 99)'],
}
const codes = (found: { readonly diagnostics: readonly { readonly code: string }[] }): readonly string[] =>
  found.diagnostics.map(({ code }) => code)

describe.each(answeringServers)('yama verify on $name', ({ create, table, kind }) => {
  test('says what is well, and finds a hand-made change, a half-done object, broken references and a tampered log', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true, diagnostics: [] })
    const good = await made.json('verify')
    expect(good).toMatchObject({ ok: true, exitCode: 0, diagnostics: [] })
    expect((good.data['parts'] as readonly { readonly name: string }[]).map(({ name }) => name)).toEqual([
      'files',
      'log',
      'database',
      'schema',
    ])

    await database.sql('alter table a add column added_by_hand int')
    const changed = await made.json('verify')
    expect(changed).toMatchObject({
      exitCode: 10,
      diagnostics: [{ code: 'YAMA_VERIFY_STATE', message: expect.stringContaining('added_by_hand') }],
    })
    await database.sql('alter table a drop column added_by_hand')
    expect(await made.json('verify')).toMatchObject({ ok: true })

    const wrong = orphan[kind]
    if (wrong !== undefined) {
      await database.sql(...wrong)
      expect(await made.json('verify')).toMatchObject({
        exitCode: 10,
        diagnostics: [{ code: 'YAMA_VERIFY_REFERENCE', message: expect.stringContaining('1 row') }],
      })
      expect(await made.json('verify', '--no-data')).toMatchObject({ ok: true })
      await database.sql('delete from b')
    }

    await database.sql(`update ${table('event')} set run_id = 'x' where seq = 2`)
    expect(await made.json('verify')).toMatchObject({
      exitCode: 10,
      diagnostics: [{ code: 'YAMA_AUDIT_BROKEN', message: expect.stringContaining('event 2') }],
    })
  })

  test.skipIf(halfDone[kind] === undefined)(
    'what a run leaves half-done is told right after it, and fails a strict verification',
    async () => {
      await using database = await create()
      const { sql, code, severity } = halfDone[kind]!
      using made = workplace(
        { ...files, 'migrations/003_c.sql': file(sql.map((each) => `${each};`).join('\n'), 'select 1;') },
        database.url,
      )
      expect(await made.json('up')).toMatchObject({ ok: true, diagnostics: [{ code, severity: 'warning' }] })
      expect(await made.json('verify')).toMatchObject({ exitCode: severity === 'error' ? 10 : 0, diagnostics: [{ code, severity }] })
      expect(await made.json('verify', '--strict')).toMatchObject({ exitCode: 10 })
    },
  )

  test('queries of verify.sql find rows that must not be', async () => {
    await using database = await create()
    using made = workplace(
      { ...files, 'verify.sql': '-- sizes are positive\nselect id, size from a where size < 0;\nselect 1 as x from a where id is null;\n' },
      database.url,
    )
    await made.json('up')
    expect(await made.json('verify')).toMatchObject({ ok: true })
    await database.sql('insert into a values (1, -5)')
    expect(await made.json('verify')).toMatchObject({
      exitCode: 10,
      diagnostics: [{ code: 'YAMA_VERIFY_QUERY', message: expect.stringMatching(/verify\.sql:\d+ found 1 row.*-5/) }],
    })
    made.write('verify.sql', 'delete from a;\n')
    expect(await made.json('verify')).toMatchObject({ exitCode: 65, reason: 'YAMA_VERIFY_QUERY_FAILED' })
    expect(Number((await database.sql('select count(*) as n from a'))[0]?.['n'])).toBe(1)
  })

  test('an edited file and a pending one count as what they are', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up', '--steps', '1')
    expect(await made.json('verify')).toMatchObject({ ok: true, data: { pending: 1 } })
    expect(await made.json('verify', '--strict')).toMatchObject({ exitCode: 10 })
    made.write('migrations/001_a.sql', files['migrations/001_a.sql'].replace('size int', 'size bigint'))
    const found = await made.json('verify')
    expect(found).toMatchObject({ exitCode: 10 })
    expect(codes(found)).toEqual(['YAMA_HISTORY_EDITED'])
  })
})

const postgres = servers.find(({ name }) => name.startsWith('PostgreSQL'))
test.skipIf(postgres === undefined)('an index whose build failed is found on PostgreSQL', async () => {
  await using database = await postgres!.create()
  using made = workplace(files, database.url)
  await made.json('up')
  await database.sql('insert into a values (1, 5), (2, 5)')
  await expect(database.sql('create unique index concurrently a_size on a (size)')).rejects.toBeDefined()
  expect(codes(await made.json('verify'))).toContain('YAMA_VERIFY_INDEX')
})

describe('--wait-db', () => {
  test('waits for a server that nothing listens for yet, and says so at the end of the time', async () => {
    using made = workplace(files)
    const start = performance.now()
    expect(await made.json('up', '--wait-db', '600ms', '--url', 'postgres://nobody@127.0.0.1:1/x')).toMatchObject({
      exitCode: 69,
      reason: 'YAMA_WAIT_DB',
      diagnostics: [{ message: expect.stringContaining('nothing listens yet') }],
    })
    expect(performance.now() - start).toBeGreaterThan(300)
    const { stderr } = await made.yama('status', '--wait-db', '3s', '--url', 'mysql://nobody@127.0.0.1:1/x')
    expect(stderr).toContain('waiting for the database: nothing listens yet')
  })

  test('a server that says that it is starting is waited for', async () => {
    using made = workplace(files)
    const fields = ['SFATAL', 'VFATAL', 'C57P03', 'Mthe database system is starting up', ''].join('\0')
    const body = Buffer.from(`${fields}\0`)
    const head = Buffer.alloc(5)
    head.write('E')
    head.writeInt32BE(body.length + 4, 1)
    const server = createServer((socket) => {
      socket.on('data', () => socket.end(Buffer.concat([head, body])))
      socket.on('error', () => undefined)
    }).listen(0, '127.0.0.1')
    await new Promise((listening) => server.once('listening', listening))
    const { port } = server.address() as { readonly port: number }
    try {
      expect(await made.json('status', '--wait-db', '700ms', '--url', `postgres://a@127.0.0.1:${port}/x?sslmode=disable`)).toMatchObject({
        reason: 'YAMA_WAIT_DB',
        diagnostics: [{ message: expect.stringContaining('the server is starting') }],
      })
    } finally {
      server.close()
    }
  })

  test.skipIf(postgres === undefined)('a user who is not let in is told at once', async () => {
    await using database = await postgres!.create()
    using made = workplace(files)
    const url = Object.assign(new URL(database.url), { username: 'nobody_of_this_name' }).href
    const start = performance.now()
    expect(await made.json('up', '--wait-db', '60s', '--url', url)).toMatchObject({ reason: 'YAMA_CONNECT_AUTHENTICATION' })
    expect(performance.now() - start).toBeLessThan(30_000)
  })

  test('a database that comes while one waits is used', async () => {
    using made = workplace(files)
    const target = answeringServers.find(({ kind }) => kind === 'mysql' || kind === 'mariadb')
    if (target === undefined) return
    const database = await target.create()
    const name = new URL(database.url).pathname.slice(1)
    await database.sql(`drop database ${name}`)
    const admin = { ...database, url: Object.assign(new URL(database.url), { pathname: '/information_schema' }).href }
    const { mariadb } = await import('@yama/mysql')
    setTimeout(() => {
      void (async () => {
        await using connection = await mariadb({ url: admin.url.replace(/^\w+:/, 'mariadb:') }).connect()
        await connection.execute(`create database ${name}`)
      })()
    }, 700)
    expect(await made.json('up', '--wait-db', '60s', '--url', database.url)).toMatchObject({ ok: true })
    await database[Symbol.asyncDispose]()
  })
})
