import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { project, type Project } from './project.ts'
import { onFile, rowsOf } from './sqlite-file.ts'
import { atTerminal, hasTerminal, keys } from './terminal.ts'

const env = { DATABASE_URL: 'sqlite:./t.db' } as const
const table = '-- +migrate Up\nCREATE TABLE a (id INTEGER PRIMARY KEY);\n-- +migrate Down\nDROP TABLE a;\n'
const entity = (field: string): string =>
  `entities:\n  User:\n    table: users\n    fields:\n      id: bigint! primary identity\n      ${field}: string(100)!\n`
const applied = async (made: Project): Promise<number> => {
  const { data } = await made.json('status', { env })
  return (data as { readonly applied: readonly unknown[] }).applied.length
}
async function appliedProject(): Promise<Project> {
  const made = project({ 'migrations/001_a.sql': table })
  expect(await made.json('up', { env })).toMatchObject({ ok: true })
  onFile(join(made.directory, 't.db'), 'INSERT INTO a DEFAULT VALUES')
  return made
}
const digestOf = async (made: Project): Promise<string> =>
  ((await made.json('plan --down', { env })).data as { readonly digest: string }).digest

describe.skipIf(!hasTerminal)('on a terminal', () => {
  test('init asks for the database and writes the project', async () => {
    using made = project({ 'package.json': '{"name":"shop","private":true}' })
    const { code, screen } = await atTerminal(made, 'init --no-install', [
      { sees: 'Which database?', types: `${keys.down}${keys.down}${keys.enter}` },
    ])
    expect(screen).toContain('wrote yama.config.ts')
    expect(code).toBe(0)
    expect(made.read('yama.config.ts')).toContain('pglite:')
  })

  test('init with a URL that is set asks whether to read what is there', async () => {
    using made = await appliedProject()
    const { code, screen } = await atTerminal(made, 'init --no-install', [{ sees: 'Write entities from what is in it?', types: 'y' }], {
      env,
    })
    expect(screen).toContain('next: yama baseline')
    expect(code).toBe(0)
    expect(made.list('schema')).toContain('a.yaml')
  })

  test.each([
    ['Ctrl-C', keys.interrupt, false],
    ['the end of the terminal', '', true],
  ])('init that is left with %s writes nothing', async (_, types, hangUp) => {
    using made = project()
    const { code, screen } = await atTerminal(made, 'init --no-install', [{ sees: 'Which database?', types }], { hangUp })
    expect(screen).toMatch(/Nothing was (done|written)/)
    expect(code).toBe(130)
    expect(made.list('.').filter((name) => name !== 'node_modules')).toEqual([])
  })

  test('a loss is confirmed by typing the digest', async () => {
    using made = await appliedProject()
    const digest = await digestOf(made)
    const { code, screen } = await atTerminal(made, 'down', [{ sees: `Type ${digest}`, types: `${digest}${keys.enter}` }], { env })
    expect(screen).toContain('1 reverted')
    expect(code).toBe(0)
    expect(await applied(made)).toBe(0)
  })

  test('another answer, or none, does nothing', async () => {
    using made = await appliedProject()
    for (const answer of ['yes', '']) {
      const { code, screen } = await atTerminal(made, 'down', [{ sees: 'This loses data. Type', types: `${answer}${keys.enter}` }], { env })
      expect(screen).toContain('YAMA_CONFIRM_REFUSED')
      expect(code).toBe(4)
    }
    expect(rowsOf(join(made.directory, 't.db'), 'SELECT count(*) AS n FROM a')).toEqual([{ n: 1 }])
  })

  test.each([
    ['Ctrl-C', keys.interrupt, false],
    ['the end of the terminal', '', true],
  ])('a confirmation that is left with %s runs nothing', async (_, types, hangUp) => {
    using made = await appliedProject()
    const { code, screen } = await atTerminal(made, 'down', [{ sees: 'This loses data. Type', types }], { env, hangUp })
    expect(screen).toContain('YAMA_INTERRUPTED')
    expect(screen).toContain('Nothing was done.')
    expect(code).toBe(130)
    expect(await applied(made)).toBe(1)
  })

  test('a rename is asked, and the answer is what is written', async () => {
    using made = project({ 'schema/user.yaml': entity('name') })
    expect(await made.json('generate', { env })).toMatchObject({ ok: true })
    made.write('schema/user.yaml', entity('fullName'))
    const asked = 'column users.name is gone. What happened?'
    const left = await atTerminal(made, 'generate', [{ sees: asked, types: keys.interrupt }], { env })
    expect(left).toMatchObject({ code: 130, screen: expect.stringContaining('Nothing was written.') as string })
    expect(made.list('migrations')).toHaveLength(1)
    const chosen = await atTerminal(made, 'generate', [{ sees: asked, types: keys.enter }], { env })
    expect(chosen.screen).toContain('rename column name of users to full_name')
    expect(chosen.code).toBe(0)
    expect(made.list('migrations')).toHaveLength(2)
  })

  test('what may be a drop is no rename until somebody says so', async () => {
    using made = project({ 'schema/user.yaml': entity('name') })
    await made.json('generate', { env })
    made.write('schema/user.yaml', entity('fullName'))
    const turns = [{ sees: 'What happened?', types: `${keys.down}${keys.enter}` }]
    const { screen, code } = await atTerminal(made, 'generate', turns, { env })
    expect(screen).toContain('drop column name of users')
    expect(code).toBe(0)
  })
})
