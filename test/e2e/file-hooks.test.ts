import { describe, expect, test } from 'vitest'
import { everyDatabase } from '../runtime/every-database.ts'
import { project } from './project.ts'

const say = (what: string): string => `INSERT INTO log SELECT COUNT(*), '${what}' FROM log;\n`
const broken = '\nINSERT INTO nothing VALUES (1);\n'
const events = ['before-run', 'after-run', 'before-migration', 'after-migration', 'before-down', 'on-error']

describe.each(await everyDatabase(true))('file hooks on $name', ({ open }) => {
  test('run around runs and migrations, in their transactions, as the plan shows and its digest covers', async () => {
    using made = project({ 'migrations/001_log.sql': 'CREATE TABLE log (n INTEGER, what VARCHAR(40));\n' })
    await using database = await open(made.directory)
    const { env } = database
    const said = async (): Promise<readonly unknown[]> => {
      const rows = await database.query('SELECT what FROM log ORDER BY n')
      await database.query('DELETE FROM log')
      return rows.map(({ what }) => what)
    }
    await made.json('up', { env })
    for (const event of events) made.write(`migrations/hooks/${event}.sql`, say(event))
    made.write('migrations/hooks/afterEachUndo__Tell.sql', say('after-down'))
    made.write('migrations/hooks/before-run.oracle.sql', 'not for us')
    const both = `-- +migrate Up\n${say('two')}-- +migrate Down\n${say('not two')}`
    made.write('migrations/002_two.sql', both)
    made.write('migrations/003_three.sql', both.replaceAll('two', 'three'))

    const shown = (await made.yama('plan', { env })).stdout
    for (const part of ['hook before-run', 'hook after-run', '-- hook migrations/hooks/after-migration.sql']) expect(shown).toContain(part)
    const digest = async (): Promise<unknown> => ((await made.json('plan', { env })).data as { readonly digest: unknown }).digest
    const first = await digest()
    for (const event of ['after-run', 'after-migration', 'on-error']) {
      const file = `migrations/hooks/${event}.sql`
      made.write(file, say('something else'))
      expect(await digest(), file).not.toBe(first)
      made.write(file, say(event))
    }
    expect(await digest()).toBe(first)

    expect(await made.json(`up --confirm ${String(first)}`, { env })).toMatchObject({ data: { applied: ['002_two', '003_three'] } })
    const around = (what: string): readonly string[] => ['before-migration', what, 'after-migration']
    expect(await said()).toEqual(['before-run', ...around('two'), ...around('three'), 'after-run'])
    expect(await made.json('down', { env })).toMatchObject({ data: { reverted: ['003_three'] } })
    expect(await said()).toEqual(['before-run', 'before-down', 'not three', 'after-down', 'after-run'])

    // A migration and its hooks are one: where one fails, nothing of the others is kept.
    made.write('migrations/hooks/after-migration.sql', broken)
    const failed = await made.json('up', { env })
    expect(failed).toMatchObject({
      exitCode: 8,
      diagnostics: [{ code: 'YAMA_MIGRATION_FAILED', file: 'migrations/hooks/after-migration.sql', line: 2 }],
    })
    expect(await said()).toEqual(['before-run', 'on-error'])
    expect(await made.json('status', { env })).toMatchObject({ data: { pending: [{ id: '003_three' }] } })

    made.write('migrations/hooks/before-run.sql', broken)
    expect(await made.json('up', { env })).toMatchObject({
      exitCode: 8,
      diagnostics: [{ code: 'YAMA_HOOK_FILE_FAILED', file: 'migrations/hooks/before-run.sql', line: 2 }],
    })
    expect(await said()).toEqual([])

    made.write('migrations/hooks/before-run.sql', '-- no-op\n')
    made.write('migrations/hooks/after-migration.sql', '-- no-op\n')
    made.write('migrations/hooks/after-run.sql', broken)
    const hint = expect.stringContaining('the next run that has something to do') as unknown
    expect(await made.json('up', { env })).toMatchObject({ diagnostics: [{ code: 'YAMA_HOOK_FILE_FAILED', hint }] })
    expect(await made.json('up', { env })).toMatchObject({ ok: true, data: { applied: [] } })
  })
})

test('a hook with a name that nobody knows is refused with the one that was meant', async () => {
  using made = project({ 'migrations/001_a.sql': 'CREATE TABLE a (id INTEGER);\n', 'migrations/hooks/befor-run.sql': 'SELECT 1;\n' })
  const env = { DATABASE_URL: 'sqlite:./t.db' }
  const refused = await made.json('up', { env })
  expect(refused).toMatchObject({
    exitCode: 65,
    reason: 'YAMA_SOURCE_HOOK_NAME',
    diagnostics: [{ file: 'migrations/hooks/befor-run.sql' }],
  })
  expect(refused.diagnostics[0]?.message).toContain('before-run.sql')
})
