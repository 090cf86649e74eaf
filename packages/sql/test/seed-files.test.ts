import { join } from 'node:path'
import { seedFiles, supabaseConfig } from '@yama/core/files'
import { describe, expect, test } from 'vitest'
import { corpusPath, hasCorpus } from './corpus.ts'
import { load, project, refused } from './project-files.ts'

describe('seeds', () => {
  test('beside or above the directory, and what supabase/config.toml says', async () => {
    const root = project({
      'migrations/001_a.sql': 'x',
      'seed.sql': 'x',
      'b/migrations/seed.sql': 'x',
      'c/migrations/001_a.sql': 'x',
      'd/config.toml': '[db]\nmajor_version = 17\n[db.seed]\n# enabled = false\nsql_paths = ["./seeds/*.sql", \'./x.sql\']\n',
      'd/seeds/2.sql': 'x',
      'd/seeds/1.sql': 'x',
      'd/x.sql': 'x',
      'e/config.toml': '[db.seed]\nenabled = false',
      'e/seed.sql': 'x',
    })
    const found = async (directory: string): Promise<readonly string[]> =>
      (await seedFiles(join(root, directory))).map((path) => path.slice(root.length + 1))
    expect(await found('migrations')).toEqual(['seed.sql'])
    expect(await found('b/migrations')).toEqual(['b/migrations/seed.sql'])
    expect(await found('c/migrations')).toEqual([])
    expect(await found('d/migrations')).toEqual(['d/seeds/1.sql', 'd/seeds/2.sql', 'd/x.sql'])
    expect(await found('e/migrations')).toEqual([])
    expect(supabaseConfig(join(root, 'd'))?.majorVersion).toBe(17)
    expect(supabaseConfig(root)).toBeUndefined()
  })
  test.skipIf(!hasCorpus)('the requirement example (YAMA_CORPUS_DIR)', async () => {
    expect(supabaseConfig(corpusPath('requirement-examples/supabase'))).toEqual({
      majorVersion: 15,
      seedEnabled: true,
      seedPaths: ['./seed.sql'],
    })
    expect(await seedFiles(corpusPath('requirement-examples/supabase/migrations'))).toEqual([
      corpusPath('requirement-examples/supabase/seed.sql'),
    ])
  })
})

describe('repeatable migrations', () => {
  test('by name, by directory and by header; none of them needs a number', async () => {
    const migrations = await load({
      'migrations/001_a.sql': 'SELECT 1',
      'migrations/R__views.sql': 'SELECT 2',
      'migrations/repeatable/grants.sql': '-- repeatable: always\nSELECT 3',
      'migrations/repeatable/R__procs.postgres.sql': 'SELECT 4',
      'migrations/repeatable/R__procs.mysql.sql': 'SELECT',
      'migrations/functions.sql': '-- id: m_F\n-- repeatable: true\nSELECT 5',
    })
    expect(migrations.map(({ id, name, repeatable }) => [id, name, repeatable])).toEqual([
      ['001_a', '001_a', undefined],
      ['R__grants', 'R__grants', 'always'],
      ['R__procs', 'R__procs', 'changed'],
      ['R__views', 'R__views', 'changed'],
      ['m_F', 'functions', 'changed'],
    ])
  })

  test('parents, a way back and a misspelt value are refused at their place', async () => {
    expect(
      await refused({
        'migrations/R__a.sql': '-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 2;',
        'migrations/R__b.sql': '-- id: m_b\n-- parents: none\nSELECT 1',
        'migrations/c.sql': '-- id: m_c\n-- repeatable: yes\nSELECT 1',
        'migrations/repeatable/d.sql': '',
      }),
    ).toEqual([
      'YAMA_SOURCE_REPEATABLE migrations/R__a.sql:1:1',
      'YAMA_SOURCE_REPEATABLE migrations/R__b.sql:1:1',
      'YAMA_SOURCE_HEADER_VALUE migrations/c.sql:2:4',
      'YAMA_SOURCE_EMPTY migrations/repeatable/d.sql:1:1',
    ])
  })
})
