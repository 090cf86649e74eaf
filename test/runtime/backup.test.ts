import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createYama, type Dialect } from '@yama/core'
import { migrationFiles } from '@yama/core/files'
import { pglite } from '@yama/postgres'
import { sqlite } from '@yama/sqlite'
import { describe, expect, test } from 'vitest'
import { makeBackup } from '../../packages/cli/src/backup/make-backup.ts'
import { measureBackup } from '../../packages/cli/src/backup/measure-backup.ts'
import { parseDatabaseUrl } from '../../packages/cli/src/config/parse-database-url.ts'
import { everyDatabase, type OwnDatabase } from './every-database.ts'
import { fileProject } from './file-project.ts'

const page = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'guide', 'backup-and-restore.md'), 'utf8')
const command = (name: string): string => new RegExp(`^\`\`\`sh ${name}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? ''

/** Runs a command of the page as a person would. */
function follow(name: string, variables: Readonly<Record<string, string>>): string {
  const { status, stdout, stderr } = spawnSync('/bin/sh', ['-e', '-c', command(name)], {
    env: { ...process.env, ...variables },
    encoding: 'utf8',
  })
  expect({ name, status, stderr: status === 0 ? '' : stderr }).toEqual({ name, status: 0, stderr: '' })
  return stdout
}

const signal = new AbortController().signal

async function backUp(url: string, root: string, dialect: Dialect): Promise<{ readonly path: string; readonly tool: string }> {
  const path = join(root, 'backup')
  await using connection = await dialect.connect()
  const tool = await makeBackup({ database: parseDatabaseUrl(url, root), connection, path, config: {}, signal })
  const { bytes, sha256 } = await measureBackup(path)
  expect(bytes).toBeGreaterThan(0)
  if (tool !== 'a copy of the directory') expect(follow('check', { BACKUP: path })).toContain(sha256)
  return { path, tool }
}

const files = {
  'migrations/001_a.sql': "CREATE TABLE a (id INTEGER PRIMARY KEY, name VARCHAR(60));\nINSERT INTO a VALUES (1, 'it''s Ada'), (2, NULL);\n",
  'migrations/002_gone.sql': 'DELETE FROM a;\n',
}

async function run(dialect: Dialect, root: string, steps: number): Promise<void> {
  await using yama = createYama({ dialect, sources: [migrationFiles({ directory: 'migrations', root, dialect })] })
  const plan = await yama.plan({ upSteps: steps })
  await yama.apply(plan, { confirm: plan.digest })
}

async function expectBefore(dialect: Dialect, root: string): Promise<void> {
  await using yama = createYama({ dialect, sources: [migrationFiles({ directory: 'migrations', root, dialect })] })
  const { applied, pending } = await yama.status()
  expect([applied.map(({ id }) => id), pending.map(({ migration }) => migration.id)]).toEqual([['001_a'], ['002_gone']])
  await yama[Symbol.asyncDispose]()
  await using connection = await dialect.connect()
  expect((await connection.execute('SELECT id, name FROM a ORDER BY id')).rows).toEqual([
    { id: 1, name: "it's Ada" },
    { id: 2, name: null },
  ])
}

describe.each((await everyDatabase()).filter(({ name }) => name !== 'PGlite'))('backup and restore on $name', ({ kind, open }) => {
  test('what is restored with the commands of the page is what was there before the run', async () => {
    using made = fileProject(files)
    const { directory } = made
    await using database: OwnDatabase = await open(directory)
    await run(database.dialect, directory, 1)
    const { path: BACKUP } = await backUp(database.url, directory, database.dialect)
    await run(database.dialect, directory, 1)
    expect(await database.query('SELECT id FROM a')).toEqual([])
    using other = fileProject(files)
    if (kind === 'sqlite') {
      const RESTORED = join(other.directory, 'restored.db')
      follow('restore-sqlite', { BACKUP, RESTORED })
      return await expectBefore(sqlite({ url: `sqlite:${RESTORED}` }), directory)
    }
    await using restored = await open(other.directory)
    const url = new URL(restored.url)
    const RESTORED = basename(url.pathname)
    follow(`restore-${kind}`, { BACKUP, RESTORED, RESTORED_URL: restored.url, HOST: url.hostname, PORT: url.port, USER_NAME: url.username })
    await expectBefore(restored.dialect, directory)
  })
})

test('backup and restore of a PGlite directory', { timeout: 300_000 }, async () => {
  using made = fileProject(files)
  const { directory } = made
  const url = `pglite:${join(directory, 'data')}`
  const dialect = pglite({ url })
  await run(dialect, directory, 1)
  const { path: BACKUP } = await backUp(url, directory, dialect)
  await run(dialect, directory, 1)
  const RESTORED = join(directory, 'restored')
  follow('restore-pglite', { BACKUP, RESTORED })
  await expectBefore(pglite({ url: `pglite:${RESTORED}` }), directory)
})

test('a tool that is not there, one that fails, and a database in memory are refused with the reason', async () => {
  using made = fileProject()
  const dialect = sqlite({ url: 'sqlite::memory:' })
  await using connection = await dialect.connect()
  const path = join(made.directory, 'backup')
  const work = { connection, path, config: {}, signal }
  await expect(makeBackup({ ...work, database: parseDatabaseUrl('sqlite::memory:', '/') })).rejects.toMatchObject({
    code: 'YAMA_BACKUP_FAILED',
    message: expect.stringContaining('in memory') as unknown,
  })
  const nobody = parseDatabaseUrl('postgres://nobody:hunter2@127.0.0.1:1/none', '/')
  const refused = await makeBackup({ ...work, database: nobody }).catch((error: unknown) => error)
  expect(refused).toMatchObject({ code: 'YAMA_BACKUP_FAILED' })
  expect(String(refused)).not.toContain('hunter2')
  await expect(makeBackup({ ...work, database: nobody, config: { command: 'echo no luck >&2; exit 3' } })).rejects.toMatchObject({
    message: expect.stringContaining('ended with 3: no luck') as unknown,
  })
  expect(existsSync(path)).toBe(false)
  expect(await makeBackup({ ...work, database: nobody, config: { command: 'echo saved > "$YAMA_BACKUP_FILE"' } })).toBe(
    'the command of the configuration',
  )
  expect(readFileSync(path, 'utf8')).toBe('saved\n')
})
