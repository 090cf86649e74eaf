import { type FileReader, migrationFiles } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { fileDialect } from './file-dialect.ts'
import { jsonReader, load, project, refused } from './project-files.ts'

describe('a directory of migrations', () => {
  test('all forms together, in natural order; notes, journals, seeds and archives are left out', async () => {
    const migrations = await load(
      {
        'migrations/10_b.sql': 'SELECT 10',
        'migrations/9_a.sql': 'SELECT 9',
        'migrations/011_c.up.sql': 'SELECT 11',
        'migrations/011_c.down.sql': 'SELECT -11',
        'migrations/12_d.yaml': 'SELECT 12',
        'migrations/13_e/up.postgres.sql': 'SELECT 13',
        'migrations/13_e/down.sql': 'SELECT -13',
        'migrations/13_e/up.mysql.sql': 'SELECT',
        'migrations/13_e/migration.yaml': 'id: m_E\nparents:\n  - 12_d\ndescription: "Differs"\nphase: contract # later\n',
        'migrations/14_f/migration.sql': 'SELECT 14',
        'migrations/named.sql': '-- id: m_N\nSELECT 1',
        'migrations/README.md': '',
        'migrations/meta/_journal.json': '{}',
        'migrations/archive/001_old.sql': 'x',
        'migrations/seed.sql': 'x',
        'migrations/.keep': '',
        'migrations/15_g.mysql.sql': 'SELECT',
        'migrations/16_h.sqlite.up.sql': 'SELECT',
        'migrations/16_h.up.sql': 'SELECT 16',
        'migrations/17_i.autocommit.up.sql': 'SELECT 17',
      },
      'postgres',
      { readers: [jsonReader] },
    )
    expect(migrations.map(({ id, version, file, kind }) => [id, version, file, kind])).toEqual([
      ['9_a', '9', 'migrations/9_a.sql', 'sql'],
      ['10_b', '10', 'migrations/10_b.sql', 'sql'],
      ['011_c', '011', 'migrations/011_c.up.sql', 'sql'],
      ['id_12_d', '12', 'migrations/12_d.yaml', 'yaml'],
      ['m_E', '13', 'migrations/13_e/up.postgres.sql', 'sql'],
      ['14_f', '14', 'migrations/14_f/migration.sql', 'sql'],
      ['16_h', '16', 'migrations/16_h.up.sql', 'sql'],
      ['17_i', '17', 'migrations/17_i.autocommit.up.sql', 'sql'],
      ['m_N', '', 'migrations/named.sql', 'sql'],
    ])
    expect(migrations[2]).toMatchObject({
      down: [{ text: 'SELECT -11', position: { file: 'migrations/011_c.down.sql', line: 1 } }],
      downBody: 'SELECT -11',
    })
    expect(migrations[4]).toMatchObject({
      name: '13_e',
      parents: [{ id: '12_d' }],
      metadata: { description: 'Differs' },
      phase: 'contract',
      down: [{ text: 'SELECT -13' }],
    })
    expect(migrations[7]?.transaction).toEqual({ up: 'none', down: 'none' })
  })

  test('a dump of more statements than a call takes arguments', async () => {
    const [migration] = await load({ 'migrations/1_rows.sql': 'SELECT 1;\n'.repeat(130_000) })
    expect(migration?.up).toHaveLength(130_000)
  })

  test('the same directory for another database', async () => {
    const files = {
      'migrations/1_a/up.sql': 'SELECT 1',
      'migrations/1_a/up.mariadb.sql': 'SELECT 2',
      'migrations/2_b.mysql.sql': 'SELECT 3',
      'migrations/2_b.sql': 'SELECT 4',
    }
    expect((await load(files, 'mariadb')).map(({ up }) => (up[0] as { text: string }).text)).toEqual(['SELECT 2', 'SELECT 3'])
    expect((await load(files, 'sqlite')).map(({ up }) => (up[0] as { text: string }).text)).toEqual(['SELECT 1', 'SELECT 4'])
  })

  test('versions that are dates with hyphens, repeated numbers, pairs with other words', async () => {
    const migrations = await load({
      'migrations/2017-09-23-182408_y/up.sql': 'SELECT 1',
      'migrations/2017-09-23-182408_y/down.sql': 'SELECT 1',
      'migrations/20170804200817_x/up.sql': 'SELECT 1',
      'migrations/20180101000000_b.sql': 'SELECT 1',
      'migrations/20180101000000_a.sql': 'SELECT 1',
      'migrations/20190101000000_join.up.sql': 'SELECT 1',
      'migrations/20190101000000_join_id.down.sql': 'SELECT 1',
    })
    expect(migrations.map(({ id }) => id)).toEqual([
      '20170804200817_x',
      '2017-09-23-182408_y',
      '20180101000000_a',
      '20180101000000_b',
      '20190101000000_join',
    ])
    expect(migrations[4]?.down).toHaveLength(1)
  })

  test('what cannot be meant is refused, all of it at once', async () => {
    expect(
      await refused({
        'migrations/create_users.sql': 'SELECT 1',
        'migrations/V1__x.sql': 'SELECT 1',
        'migrations/001_a.py': '',
        'migrations/sub/001_a.sql': 'SELECT 1',
      }),
    ).toEqual(['YAMA_SOURCE_NAMES migrations/001_a.py:1:1'])
    expect(
      await refused({
        'migrations/001_a.down.sql': 'SELECT 1',
        'migrations/002_b.ts': '',
        'migrations/003_c.sql': ' \n',
        'migrations/004_d/up.mysql.sql': 'SELECT 1',
        'migrations/005_e.sql': "SELECT '",
      }),
    ).toEqual([
      'YAMA_SOURCE_DOWN_ALONE migrations/001_a.down.sql:1:1',
      'YAMA_SOURCE_NO_READER migrations/002_b.ts:1:1',
      'YAMA_SOURCE_EMPTY migrations/003_c.sql:1:1',
      'YAMA_SOURCE_DIALECT migrations/004_d:1:1',
      'YAMA_SQL_UNTERMINATED migrations/005_e.sql:1:8',
    ])
    expect(
      await refused({
        'migrations/001_a.sql': '-- id: m_A\nSELECT 1',
        'migrations/002_b.sql': '-- id: m_A\nSELECT 1',
        'migrations/001_c.up.sql': 'SELECT 1',
        'migrations/001_c.sql': 'SELECT 1',
      }),
    ).toEqual(['YAMA_GRAPH_DUPLICATE_ID migrations/001_c.up.sql:1:1', 'YAMA_GRAPH_DUPLICATE_ID migrations/002_b.sql:1:1'])
    expect(
      await refused({
        'migrations/001_a.sql': new Uint8Array([0xff, 0xfe, 65, 0]),
        'migrations/002_b.sql': new Uint8Array([65, 0xe4, 66]),
      }),
    ).toEqual(['YAMA_SOURCE_ENCODING migrations/001_a.sql:1:1', 'YAMA_SOURCE_ENCODING migrations/002_b.sql:1:1'])
    const failing: FileReader = { extensions: ['.yaml'], read: () => Promise.reject(new TypeError('broken')) }
    expect(await refused({ 'migrations/001_a.yaml': 'x' }, 'postgres', { readers: [failing] })).toEqual([
      'YAMA_SOURCE_READ migrations/001_a.yaml:1:1',
    ])
  })

  test('an empty half of a pair does nothing; an empty file without its other half is refused', async () => {
    const pairs = {
      'migrations/001_a.up.sql': '',
      'migrations/001_a.down.sql': 'SELECT 1',
      'migrations/002_b.up.sql': 'SELECT 1',
      'migrations/002_b.down.sql': '\n',
    }
    const [first, second] = await load(pairs)
    expect([first?.noop, first?.up.length, first?.down?.length]).toEqual([true, 0, 1])
    expect([second?.noop, second?.up.length, second?.down?.length]).toEqual([undefined, 1, 0])
    expect(await refused({ 'migrations/001_a.up.sql': '' })).toEqual(['YAMA_SOURCE_EMPTY migrations/001_a.up.sql:1:1'])
    expect(await refused({ 'migrations/001_a.up.sql': '-- id: x\n', 'migrations/001_a.down.sql': '' })).toEqual([
      'YAMA_SOURCE_EMPTY migrations/001_a.up.sql:1:1',
    ])
  })

  test('skip by file name, stem or id; a directory that is not there', async () => {
    expect(
      await load(
        { 'migrations/001_a.sql': '', 'migrations/b.sql': 'SELECT 1', 'migrations/003_c.sql': '-- id: m_C\nSELECT 1' },
        'postgres',
        { skip: ['001_a', 'b.sql', 'm_C'] },
      ),
    ).toEqual([])
    const files = { 'migrations/001_create.sql': 'SELECT 1', 'migrations/002_x.mysql.up.sql': 'SELECT 1' }
    expect(await load(files, 'postgres', { skip: ['002_x', '002_x.mysql'] })).toHaveLength(1)
    await expect(load(files, 'postgres', { skip: ['001_crate'] })).rejects.toMatchObject({
      code: 'YAMA_SOURCE_SKIP',
      message: expect.stringContaining('Did you mean `001_create`?') as string,
    })
    const pair = { 'migrations/001_a.up.sql': "SELECT '", 'migrations/001_a.down.sql': 'SELECT 1' }
    for (const skip of ['001_a', '001_a.up', '001_a.up.sql']) expect(await load(pair, 'postgres', { skip: [skip] })).toEqual([])
    expect(await load({ 'migrations/001_a.down.sql': 'SELECT 1' }, 'postgres', { skip: ['001_a'] })).toEqual([])
    expect(await load({ 'other/x': '' })).toEqual([])
    await expect(load({ 'other/x': '' }, 'postgres', { mustExist: true })).rejects.toMatchObject({ code: 'YAMA_SOURCE_DIRECTORY' })
    await expect(load({ migrations: 'a file' })).rejects.toMatchObject({ code: 'YAMA_SOURCE_DIRECTORY' })
  })

  test('a signal stops the reading', async () => {
    const source = migrationFiles({
      directory: 'migrations',
      root: project({ 'migrations/001_a.sql': 'SELECT 1' }),
      dialect: fileDialect('postgres'),
    })
    await expect(source.load(AbortSignal.abort())).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('10,000 files load in seconds', async () => {
    const files = Object.fromEntries(
      Array.from({ length: 10_000 }, (_, i) => [
        `migrations/${i}_t.sql`,
        `-- id: m_${i}\n-- parents: ${i === 0 ? 'none' : `m_${i - 1}`}\n-- +migrate Up\nCREATE TABLE t${i} (id INTEGER PRIMARY KEY, name TEXT NOT NULL);\n-- +migrate Down\nDROP TABLE t${i};\n`,
      ]),
    )
    const root = project(files)
    const start = performance.now()
    const migrations = await migrationFiles({ directory: 'migrations', root, dialect: fileDialect('postgres') }).load()
    console.log(`10,000 files: ${Math.round(performance.now() - start)} ms`)
    expect(migrations).toHaveLength(10_000)
    expect(performance.now() - start).toBeLessThan(30_000)
  })
})
