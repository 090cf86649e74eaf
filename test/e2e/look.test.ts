import { expect, test } from 'vitest'
import { project } from './project.ts'

const env = { DATABASE_URL: 'sqlite:./t.db' } as const
const files = {
  'migrations/001_a.sql': '-- +migrate Up\ncreate table a (id integer primary key);\n-- +migrate Down\ndrop table a;\n',
  'migrations/002_b.sql': 'create table b (id integer primary key);\n',
}
const config = (body: string): string => `import { defineConfig } from '@yama/cli'\nexport default defineConfig(${body})\n`

test('status: one environment, all of them, and waiting for one migration', async () => {
  using made = project({
    ...files,
    'yama.config.ts': config(
      "{ environments: { dev: { url: 'sqlite:./t.db' }, staging: { url: 'sqlite:./s.db' }, prod: { url: 'env:NOWHERE', production: true } } }",
    ),
  })
  await made.json('up --to 001_a')
  expect(await made.json('status')).toMatchObject({ env: 'dev', data: { applied: [{ id: '001_a' }], pending: [{ id: '002_b' }] } })
  expect(await made.json('status --exit-code')).toMatchObject({ exitCode: 2, reason: 'differences' })
  expect(await made.json('status --require 001_a --exit-code')).toMatchObject({ exitCode: 2 })
  expect(await made.json('status --require 002_b')).toMatchObject({ exitCode: 2, reason: 'YAMA_STATUS_REQUIRED' })
  const waiting = made.json('status --wait 60s --require 002_b')
  await made.json('up')
  expect(await waiting).toMatchObject({ ok: true, data: { pending: [] } })
  const all = await made.json('status --all')
  expect(all).toMatchObject({
    exitCode: 7,
    data: { dev: { pending: [] }, staging: { applied: [] }, prod: { error: 'YAMA_SECRET_MISSING' } },
  })
})

test('graph: drawn in every format, and what is applied is marked', async () => {
  using made = project(files)
  await made.json('up --to 001_a', { env })
  expect(await made.json('graph --applied', { env })).toMatchObject({
    data: { roots: ['001_a'], heads: ['002_b'], nodes: [{ applied: true }, { applied: false }] },
  })
  expect((await made.yama('graph --format mermaid', { env })).stdout).toMatch(/^flowchart/)
  expect((await made.yama('graph --format dot', { env })).stdout).toMatch(/^digraph/)
  expect(JSON.parse((await made.yama('graph --format json', { env })).stdout)).toMatchObject({ heads: ['002_b'] })
  expect((await made.yama('graph', { env })).stdout).toContain('001_a')
})

test('history: newest first, of one migration, limited', async () => {
  using made = project(files)
  await made.json('up', { env })
  const all = (await made.json('history', { env })).data as readonly { readonly seq: number; readonly type: string }[]
  expect(all.map(({ seq }) => seq)).toEqual(all.map(({ seq }) => seq).toSorted((a, b) => b - a))
  expect(await made.json('history 001_a', { env })).toMatchObject({ data: [{ type: 'migration.succeeded', migrationId: '001_a' }] })
  expect((await made.json('history --limit 2', { env })).data).toHaveLength(2)
  expect((await made.json('history --applied', { env })).data).toHaveLength(2)
  expect((await made.yama('history nobody', { env })).stdout).toContain('Nothing is recorded here of nobody')

  made.write('migrations/003_c.sql', '-- id: m_c\n-- parents: 002_b\n-- +migrate Up\nSELECT 1;\n-- +migrate Down\nSELECT 1;\n')
  await made.json('up', { env })
  await made.json('down', { env })
  const reverted = { data: [{ type: 'migration.reverted', migrationId: 'm_c' }, { type: 'migration.succeeded' }] }
  expect(await made.json('history 003_c', { env })).toMatchObject(reverted)
})

test('the envelope comes with every command, and the stream ends with it', async () => {
  using made = project(files)
  const { stdout, code } = await made.yama('up --json=stream', { env })
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { readonly type: string })
  expect(code).toBe(0)
  expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['run:started', 'migration:finished', 'run:finished']))
  expect(events.at(-1)).toMatchObject({ type: 'result', ok: true, exitCode: 0, data: { applied: ['001_a', '002_b'] } })
  for (const words of [
    'help',
    'help up',
    'up --help',
    'explain YAMA_LOCK_BUSY',
    'completion bash',
    'doctor',
    'validate',
    'plan',
    'check --files-only',
    'seed',
    'schema --print',
    'diff sqlite:./t.db sqlite:./t.db',
  ]) {
    expect(await made.json(words, { env }), words).toMatchObject({
      schemaVersion: 1,
      ok: true,
      exitCode: 0,
      decisions: [],
      timing: {},
      trace_id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    })
  }
})

test('diff: two databases need no project, and --sql turns one into the other', async () => {
  using made = project()
  await made.run('node', [
    '-e',
    "new (require('better-sqlite3'))('a.db').exec('create table t (id integer primary key)'); new (require('better-sqlite3'))('b.db').exec('create table t (id integer primary key, name text)')",
  ])
  expect(await made.json('diff sqlite:./a.db sqlite:./b.db --exit-code')).toMatchObject({
    exitCode: 2,
    data: { equal: false, differences: [{}] },
  })
  expect((await made.yama('diff sqlite:./a.db sqlite:./b.db --sql')).stdout).toMatch(/ADD COLUMN name text;/i)
  expect((await made.yama('diff sqlite:./a.db sqlite:./b.db --sql --down')).stdout).toMatch(/DROP COLUMN name;/i)
})

test('new, fmt, show and schema write what they say', async () => {
  using made = project({
    'yama.config.ts': config("{ dialect: 'sqlite', environments: { dev: { url: 'sqlite:./t.db' } } }"),
    'schema/a.yaml': 'entities:\n  A:\n    fields:\n        id:   bigint! primary\n',
  })
  // The link of a child covers what its parent says, so each is written before the next is made.
  const steps = { sql: /-- \+migrate Up\n/, yaml: /^ {2}\[\]$/m }
  for (const format of ['sql', 'yaml', 'ts'] as const) {
    const { ok, data } = await made.json(`new thing_${format} --format ${format}`)
    expect(ok, format).toBe(true)
    const { file } = data as { readonly file: string }
    expect(file).toContain(`thing_${format}`)
    if (format !== 'ts')
      made.write(
        file,
        made
          .read(file)
          .replace(steps[format], (marker) => `${format === 'sql' ? marker : ''}${format === 'sql' ? 'select 1;\n' : '  - sql: select 1'}`),
      )
  }
  expect(made.list('migrations')).toHaveLength(3)
  expect(await made.json('fmt --check')).toMatchObject({ exitCode: 2, data: { changed: ['schema/a.yaml'] } })
  expect(await made.json('fmt')).toMatchObject({ ok: true })
  expect(await made.json('fmt --check')).toMatchObject({ ok: true })
  expect((await made.yama('show --sql')).stdout).toMatch(/CREATE TABLE/)
  expect((await made.yama('show column:a.id --sql')).stdout).toMatch(/CREATE TABLE/)
  expect(await made.json('schema --with-names')).toMatchObject({ ok: true })
  expect(JSON.parse(made.read('.yama/schema/entity.schema.json'))).toMatchObject({ $schema: expect.any(String) })
})
