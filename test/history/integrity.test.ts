import { createYama } from '@yama/core'
import { describe, expect, test } from 'vitest'
import { workplace, type Workplace } from './command.ts'
import { answeringServers, servers } from './databases.ts'

const files = {
  'migrations/001_a.sql':
    '-- first\n-- +migrate Up\ncreate table a (\n  id int primary key,\n  name varchar(20)\n);\n-- +migrate Down\ndrop table a;\n',
  'migrations/002_b.up.sql': '-- the way there\ncreate table b (id int primary key);\n',
  'migrations/002_b.down.sql': '-- the way back, with its own words\ndrop table b;\n',
  'migrations/003_c/up.sql': 'create table c (id int primary key);\n',
  'migrations/003_c/down.sql': 'drop table c;\n',
  'migrations/004_d.yaml': "up:\n  - sql: insert into a (id, name) values (1, 'x')\ndown:\n  - sql: delete from a where id = 1\n",
} as const
const paths = Object.keys(files) as (keyof typeof files)[]
const reason = ['--reason', 'agreed in the meeting'] as const
const typesOf = async (made: Workplace, id: string): Promise<readonly string[]> =>
  ((await made.json('history', id)).data as unknown as readonly { readonly type: string }[]).map(({ type }) => type)

describe.each(answeringServers)('lost and edited files on $name', ({ create }) => {
  test('lost files come back as they were: names, pairs, directories, every byte', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['001_a', '002_b', '003_c', '004_d'] } })
    expect(await made.json('history', 'pull')).toMatchObject({ ok: true, data: { written: [] } })
    for (const path of [
      'migrations/001_a.sql',
      'migrations/002_b.up.sql',
      'migrations/002_b.down.sql',
      'migrations/003_c',
      'migrations/004_d.yaml',
    ])
      made.remove(path)
    expect(await made.json('up')).toMatchObject({
      data: { applied: [] },
      diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'YAMA_HISTORY_MISSING' })]),
    })
    const pulled = await made.json('history', 'pull')
    expect(pulled).toMatchObject({ ok: true, data: { withoutText: [] } })
    expect([...(pulled.data['written'] as readonly string[])].sort()).toEqual([...paths].sort())
    expect((pulled.data['migrations'] as readonly { readonly hash: string }[]).map(({ hash }) => hash)).toEqual([
      'same',
      'same',
      'same',
      'same',
    ])
    for (const path of paths) expect(made.read(path)).toBe(files[path])
    expect(await made.json('status', '--exit-code')).toMatchObject({ ok: true, data: { missing: [], edited: [], cosmetic: [] } })
  })

  test('a file that somebody wrote is not overwritten, but with --force', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up', '--steps', '2')
    const other = 'create table other (id int primary key);\n'
    made.write('migrations/002_b.up.sql', other)
    expect(await made.json('history', 'pull', '002_b')).toMatchObject({ exitCode: 64, reason: 'YAMA_HISTORY_PULL_EXISTS' })
    expect(made.read('migrations/002_b.up.sql')).toBe(other)
    expect(await made.json('history', 'pull', '002_b', '--force')).toMatchObject({
      ok: true,
      data: { written: ['migrations/002_b.up.sql'] },
    })
    expect(made.read('migrations/002_b.up.sql')).toBe(files['migrations/002_b.up.sql'])
    expect(await made.json('history', 'pull', 'nobody')).toMatchObject({ exitCode: 64 })
  })

  test('a place outside of the directory is not written, whatever the database says', async () => {
    await using database = await create()
    using made = workplace(
      { 'migrations/001_a.sql': files['migrations/001_a.sql'], 'migrations/002_b.sql': 'create table b (id int);\n' },
      database.url,
    )
    const { dialect } = database
    const evil = {
      ...(await import('@yama/core/files')).parseSqlMigration('create table b (id int);\n', 'x/002_b.sql', dialect),
      file: '../../etc/evil.sql',
    }
    await using yama = createYama({ dialect, sources: [{ name: 'one', load: () => Promise.resolve([evil]) }] })
    await yama.apply(await yama.plan({ up: 'latest' }))
    made.remove('migrations/002_b.sql')
    expect(await made.json('history', 'pull')).toMatchObject({ exitCode: 64, reason: 'YAMA_HISTORY_PULL_PLACE' })
  })

  test('a cosmetic edit is a note, a real one is refused with the difference, in colours on a terminal', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up')
    const path = 'migrations/001_a.sql'
    made.write(path, files[path].replace('-- first', '-- the first one').replace('  id int', '  id   int'))
    expect(await made.json('up')).toMatchObject({ ok: true, diagnostics: [expect.objectContaining({ code: 'YAMA_COSMETIC_EDIT' })] })
    made.write(path, files[path].replace('varchar(20)', 'varchar(30)'))
    const diff = expect.stringContaining('   id int primary key,\n-  name varchar(20)\n+  name varchar(30)\n );\n')
    expect(await made.json('up')).toMatchObject({
      exitCode: 65,
      reason: 'YAMA_HISTORY_EDITED',
      data: { edited: [{ id: '001_a', file: path, diff }] },
    })
    const colours = process.env['FORCE_COLOR']
    process.env['FORCE_COLOR'] = '1'
    try {
      const { stderr } = await made.yama('up')
      expect(stderr).toContain('\u001b[31m-  name varchar(20)\u001b[39m\n\u001b[32m+  name varchar(30)\u001b[39m')
    } finally {
      if (colours === undefined) delete process.env['FORCE_COLOR']
      else process.env['FORCE_COLOR'] = colours
    }
    expect(await made.json('repair', 'accept-edit', '001_a', ...reason)).toMatchObject({ ok: true, data: { diff } })
    expect(await made.json('up')).toMatchObject({ ok: true })
    expect(await typesOf(made, '001_a')).toEqual(['edit.accepted', 'migration.succeeded'])
    expect(await made.json('audit', 'verify')).toMatchObject({ ok: true })
  })

  test('the way back of a pair is compared too', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up')
    made.write('migrations/002_b.down.sql', '-- the way back, with its own words\ndrop table if exists b;\n')
    const { data } = await made.json('up')
    expect(data['edited']).toMatchObject([{ id: '002_b', diff: expect.stringContaining('-drop table b;\n+drop table if exists b;\n') }])
  })

  test('forget takes a migration out whose file never comes back; nothing else may be forgotten', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up')
    expect(await made.json('repair', 'forget', '004_d', ...reason)).toMatchObject({ exitCode: 64, reason: 'YAMA_REPAIR_NOT_NEEDED' })
    made.remove('migrations/004_d.yaml')
    expect(await made.json('repair', 'forget', '004_d', ...reason)).toMatchObject({ ok: true })
    expect(await made.json('status', '--exit-code')).toMatchObject({ ok: true, data: { missing: [] } })
    expect(await typesOf(made, '004_d')).toEqual(['forgotten', 'migration.succeeded'])
    expect(await made.json('repair', 'retry', '001_a', ...reason)).toMatchObject({ exitCode: 64, reason: 'YAMA_REPAIR_NOT_NEEDED' })
    expect(await made.json('repair', 'rebuild-state', ...reason)).toMatchObject({ exitCode: 64, reason: 'YAMA_REPAIR_NOT_NEEDED' })
    expect(await made.json('audit', 'verify')).toMatchObject({ ok: true })
  })

  test('retry clears an attempt that did not end', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up', '--steps', '1')
    const { dialect } = database
    // What a run leaves behind that died in the middle of a statement.
    await using connection = await dialect.connect()
    const history = dialect.createHistory(connection, { project: 'default' })
    const row = {
      migrationId: '002_b',
      attempt: 1,
      n: 0,
      group: 0,
      direction: 'up',
      mode: 'autocommit',
      statementHash: 'x',
      sql: 'create table b',
      state: 'intent',
      startedAt: '2026-11-20T09:30:00.000Z',
    } as const
    await connection.batch(history.encode([{ write: 'step', row }]), { transaction: true })
    expect((await made.json('status')).data['openSteps']).toHaveLength(1)
    expect(await made.json('repair', 'retry', '002_b', ...reason)).toMatchObject({ ok: true })
    expect((await made.json('status')).data['openSteps']).toEqual([])
    expect(await made.json('up')).toMatchObject({ ok: true, data: { applied: ['002_b', '003_c', '004_d'] } })
    expect(await typesOf(made, '002_b')).toEqual(['migration.succeeded', 'retried'])
  })

  test('every repair needs a reason', async () => {
    await using database = await create()
    using made = workplace(files, database.url)
    await made.json('up', '--steps', '1')
    for (const action of ['accept-edit', 'mark-applied', 'mark-reverted', 'retry', 'forget'])
      expect(await made.json('repair', action, '001_a', '--reason', ' ')).toMatchObject({ exitCode: 64 })
    expect(await made.json('repair', 'rebuild-state')).toMatchObject({ exitCode: 64 })
    expect(await made.json('repair', 'rebuild-state', '001_a', ...reason)).toMatchObject({ exitCode: 64 })
  })
})

describe.each(servers)('the environment of a database on $name', ({ create, table }) => {
  test('another environment is refused everywhere, and a restored copy is pinned with a reason', async () => {
    await using database = await create()
    const config = JSON.stringify({ environments: { prod: { url: database.url, production: true }, staging: { url: database.url } } })
    using made = workplace({ ...files, 'seed.sql': 'insert into b values (1);\n', 'yama.config.json': config })
    expect(await made.json('up', '--env', 'prod', '--steps', '2')).toMatchObject({ ok: true })
    const before = (await made.json('status', '--env', 'prod')).data['databaseId']
    const commands = [
      ['up'],
      ['status'],
      ['plan'],
      ['down'],
      ['down', '--dry-run'],
      ['history'],
      ['seed'],
      ['tag', 'v1'],
      ['repair', 'mark-reverted', '002_b', ...reason],
      ['repair', 'rebuild-state', ...reason],
      ['reset', '--confirm', 'staging'],
      ['baseline'],
      ['check'],
      ['verify'],
    ]
    for (const words of commands)
      expect(await made.json(...words, '--env', 'staging'), words.join(' ')).toMatchObject({
        exitCode: 78,
        reason: 'YAMA_ENVIRONMENT_MISMATCH',
      })
    expect(await made.json('pin', '--env', 'staging')).toMatchObject({ reason: 'YAMA_REASON_MISSING' })
    expect(await made.json('pin', '--env', 'staging', '--reason', 'restored from Monday')).toMatchObject({
      ok: true,
      data: { from: 'prod', to: 'staging' },
    })
    const after = await made.json('status', '--env', 'staging')
    expect(after).toMatchObject({ ok: true, data: { environment: 'staging' } })
    expect(after.data['databaseId']).not.toBe(before)
    expect(await made.json('up', '--env', 'prod')).toMatchObject({ reason: 'YAMA_ENVIRONMENT_MISMATCH' })
    expect(await made.json('pin', '--env', 'staging', '--reason', 'again')).toMatchObject({ reason: 'YAMA_PIN_SAME' })
    expect(await made.json('up', '--env', 'staging')).toMatchObject({ ok: true })
    expect(await made.json('audit', 'verify', '--env', 'staging')).toMatchObject({ ok: true })
    expect(Number((await database.sql(`select count(*) as n from ${table('event')} where type = 'pinned'`))[0]?.['n'])).toBe(1)
  }, 180_000)
})
