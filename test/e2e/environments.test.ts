import { expect, test } from 'vitest'
import { project } from './project.ts'

const migration = { 'migrations/001_a.sql': 'create table a (id integer primary key);\n' }
const config = (body: string): string => `import { defineConfig } from '@yama/cli'\nexport default defineConfig(${body})\n`

test('without a configuration: --url, DATABASE_URL, .env, in this order', async () => {
  using made = project({ ...migration, '.env': 'DATABASE_URL=sqlite:./env.db\n' })
  const used = async (words: string, env = {}): Promise<string | undefined> => (await made.json(words, { env })).targets[0]?.database
  expect(await used('up')).toMatch(/env\.db$/)
  expect(await used('up', { DATABASE_URL: 'sqlite:./variable.db' })).toMatch(/variable\.db$/)
  expect(await used('up --url sqlite:./option.db', { DATABASE_URL: 'sqlite:./variable.db' })).toMatch(/option\.db$/)
  expect(made.list('.').filter((name) => name.endsWith('.db'))).toEqual(['env.db', 'option.db', 'variable.db'])
})

test('secrets come from variables, files and commands, and are never shown', async () => {
  using made = project({
    ...migration,
    'secret.txt': 'sqlite:./c.db?password=hunter2\n',
    'yama.config.ts': config(
      "{ environments: { a: { url: 'env:SHOP_URL' }, b: { url: `file:${import.meta.dirname}/secret.txt` }, c: { url: 'exec:cat secret.txt' } } }",
    ),
  })
  const postgres = await made.yama('up -e a --verbose', { env: { SHOP_URL: 'postgres://yama:hunter2@127.0.0.1:1/x' } })
  expect(postgres).toMatchObject({ code: 69 })
  expect(postgres.output).not.toContain('hunter2')
  for (const name of ['b', 'c']) expect((await made.yama(`status -e ${name}`)).output, name).not.toContain('hunter2')
})

test('directUrl is where Yama connects; a database belongs to the environment that was there first', async () => {
  using made = project({
    ...migration,
    'yama.config.ts': config(
      "{ environments: { prod: { url: 'postgres://pooler.invalid/x', directUrl: 'sqlite:./p.db', production: true }, staging: { url: 'sqlite:./p.db' } } }",
    ),
  })
  expect(await made.json('up -e prod')).toMatchObject({ ok: true, env: 'prod', targets: [{ database: expect.stringMatching(/p\.db$/) }] })
  made.write('migrations/002_b.sql', 'create table b (id int);')
  expect(await made.json('up -e staging')).toMatchObject({ exitCode: 78, reason: 'YAMA_ENVIRONMENT_MISMATCH' })
  expect(await made.json('reset -e prod --confirm prod')).toMatchObject({ exitCode: 78, reason: 'YAMA_PRODUCTION_REFUSED' })
  expect(await made.json('seed -e prod')).toMatchObject({ exitCode: 78, reason: 'YAMA_PRODUCTION_REFUSED' })
})

test('the configuration is found above, and every form of it works', async () => {
  using made = project({ ...migration, 'yama.config.json': '{ "environments": { "dev": { "url": "sqlite:./t.db" } } }', 'deep/er/x': '' })
  expect(await made.json('up --cwd deep/er')).toMatchObject({ ok: true, data: { applied: ['001_a'] } })
  expect(made.list('.')).toContain('t.db')
  made.remove('yama.config.json')
  made.write('yama.config.cjs', "module.exports = { environments: { dev: { url: 'sqlite:./t.db' } } }")
  expect(await made.json('status')).toMatchObject({ ok: true, data: { applied: [{}] } })
})
