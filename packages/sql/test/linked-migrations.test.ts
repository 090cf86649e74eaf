import { execFileSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseKind, YamaError } from '@yama/core'
import { filesBelow, migrationFiles, seedFiles } from '@yama/core/files'
import { expect, test } from 'vitest'
import { fileDialect } from './file-dialect.ts'
import { project } from './project-files.ts'

const load = (root: string, kind: DatabaseKind = 'postgres') =>
  migrationFiles({ directory: 'migrations', root, dialect: fileDialect(kind) }).load()

test('what a link leads to is read as if it stood there', async () => {
  const root = project({
    'shared/a.sql': 'SELECT 1',
    'shared/2_b/up.sql': 'SELECT 2',
    'shared/repeatable/c.sql': 'SELECT 3',
    'migrations/3_d/migration.yaml': 'id: m_D\n',
    'seed/dev.txt': '',
  })
  const link = (to: string, at: string): void => symlinkSync(join(root, to), join(root, at))
  link('shared/a.sql', 'migrations/1_a.sql')
  link('shared/2_b', 'migrations/2_b')
  link('shared/repeatable', 'migrations/repeatable')
  link('shared/a.sql', 'migrations/3_d/up.sql')
  link('shared/a.sql', 'seed/a.sql')
  link('shared', 'seed/again')
  link('seed', 'shared/circle')
  expect((await load(root)).map(({ id }) => id)).toEqual(['1_a', '2_b', 'm_D', 'R__c'])
  expect(await seedFiles(join(root, 'migrations'))).toEqual([join(root, 'seed/a.sql')])
  expect((await filesBelow(join(root, 'seed'))).map((path) => path.slice(root.length + 6)).toSorted()).toEqual([
    'a.sql',
    'again/2_b/up.sql',
    'again/a.sql',
    'again/repeatable/c.sql',
    'dev.txt',
  ])
})

test.skipIf(process.platform === 'win32')('a pipe is refused and not waited for, a link that leads nowhere is too', async () => {
  const root = project({ 'migrations/1_a.sql': 'SELECT 1' })
  execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'migrations/2_b.sql')])
  symlinkSync('nowhere', join(root, 'migrations/3_c.sql'))
  const problem: unknown = await load(root).catch((error: unknown) => error)
  expect(YamaError.is(problem) ? problem.data : problem).toMatchObject([
    { code: 'YAMA_SOURCE_READ', position: { file: 'migrations/2_b.sql' } },
    { code: 'YAMA_SOURCE_READ', position: { file: 'migrations/3_c.sql' } },
  ])
})
