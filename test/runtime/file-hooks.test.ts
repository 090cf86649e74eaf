import { createYama } from '@yama/core'
import { fileHooks, migrationFiles } from '@yama/core/files'
import { sqlite } from '@yama/sqlite'
import { expect, test } from 'vitest'
import { fileProject } from './file-project.ts'

const rows = 'INSERT INTO a VALUES (1);\nINSERT INTO a VALUES (2);\n'

test('a hook joins the transaction of its migration, unless one of the two has none', async () => {
  using made = fileProject({
    'migrations/001_a.sql': 'CREATE TABLE a (id INTEGER);\n',
    'migrations/002_together.sql': rows,
    'migrations/003_alone.sql': `-- transaction: none\n${rows}`,
    'migrations/004_nothing.sql': '-- no-op\n',
    'migrations/hooks/before-migration.sql': 'SELECT 1;\n',
    'migrations/hooks/after-migration.sql': '-- transaction: none\nSELECT 2;\nSELECT 3;\n',
  })
  const dialect = sqlite({ url: 'sqlite::memory:' })
  const root = made.directory
  await using yama = createYama({
    dialect,
    sources: [migrationFiles({ directory: 'migrations', root, dialect })],
    plugins: [fileHooks({ directory: 'migrations/hooks', root, dialect })],
  })
  const plan = await yama.plan({ up: 'latest' })
  expect(plan.migrations.map(({ groups }) => groups.map(({ steps }) => steps.map(({ index }) => index)))).toEqual([
    [[0, 1], [2], [3]],
    [[0, 1, 2], [3], [4]],
    [[0], [1], [2], [3], [4]],
    [[]],
  ])
  expect((await yama.apply(plan)).applied).toHaveLength(4)
})
