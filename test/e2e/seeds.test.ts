import { join } from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.ts'
import { rowsOf } from './sqlite-file.ts'

test('seeds run by environment, only what changed, and not in production unless that is allowed', async () => {
  using made = project({
    'yama.config.json': JSON.stringify({
      placeholders: { who: 'Ada' },
      environments: { dev: { url: 'sqlite:./dev.db' }, prod: { url: 'sqlite:./prod.db', production: true } },
    }),
    'migrations/001_a.sql': 'CREATE TABLE a (id INTEGER PRIMARY KEY, name TEXT);\n',
    'seed.sql': 'DELETE FROM a;\n',
    'seed/10_last.sql': "INSERT INTO a VALUES (10, 'last of ' || (SELECT count(*) FROM a));\n",
    'seed/2_rows.yaml': 'table: a\nrows: [{ id: 1, name: "${who}" }]\n',
    'seed/dev/dev.sql': "INSERT INTO a VALUES (20, 'dev');\n",
    'seed/prod/prod.sql': 'INSERT INTO nothing VALUES (1);\n',
  })
  const all = ['seed.sql', 'seed/2_rows.yaml', 'seed/10_last.sql', 'seed/dev/dev.sql']
  const rows = (): readonly unknown[] =>
    rowsOf(join(made.directory, 'dev.db'), 'SELECT name FROM a ORDER BY id').map((row) => (row as { name: unknown }).name)
  await made.json('up --env dev')
  expect(await made.json('seed --dry-run')).toMatchObject({ data: { files: all, ran: all, dryRun: true } })
  expect(rows()).toEqual([])
  expect(await made.json('seed')).toMatchObject({ data: { files: all, ran: all, unchanged: [] } })
  expect(rows()).toEqual(['Ada', 'last of 1', 'dev'])
  expect(await made.json('seed')).toMatchObject({ reason: 'no changes', data: { ran: [], unchanged: all } })
  made.write('seed/2_rows.yaml', 'table: a\nrows: [{ id: 1, name: Bob }]\n')
  expect((await made.yama('seed')).stdout).toMatch(/unchanged seed\.sql|seeded seed\/2_rows\.yaml/)
  expect(rows()).toEqual(['Bob', 'last of 1', 'dev'])
  expect(await made.json('seed --force')).toMatchObject({ data: { ran: all } })
  expect(rows()).toEqual(['Bob', 'last of 1', 'dev'])
  // They are none of the migrations.
  expect(await made.json('status --exit-code')).toMatchObject({ exitCode: 0, data: { heads: ['001_a'], missing: [] } })
  expect(await made.json('reset --confirm dev')).toMatchObject({ ok: true, data: { seeds: all } })
  expect(rows()).toEqual(['Bob', 'last of 1', 'dev'])

  made.write('seed/dev/dev.sql', "INSERT INTO a VALUES (30, 'kept?');\nINSERT INTO nothing VALUES (1);\n")
  expect(await made.json('seed')).toMatchObject({
    exitCode: 8,
    diagnostics: [{ code: 'YAMA_SEED_FAILED', file: 'seed/dev/dev.sql', line: 2 }],
  })
  expect(rows()).not.toContain('kept?')

  expect(await made.json('seed --env prod')).toMatchObject({ exitCode: 78, reason: 'YAMA_PRODUCTION_REFUSED' })
  await made.json('up --env prod')
  made.remove('seed/prod')
  made.write(
    'yama.config.json',
    JSON.stringify({ placeholders: { who: 'Ada' }, environments: { prod: { url: 'sqlite:./prod.db', production: true, seed: true } } }),
  )
  const asked = await made.json('seed --env prod')
  expect(asked).toMatchObject({ exitCode: 4, reason: 'YAMA_CONFIRM_NEEDED' })
  const { digest } = ((await made.json('seed --env prod --dry-run')).data as { readonly plan: { readonly digest: string } }).plan
  expect(await made.json(`seed --env prod --confirm ${digest}`)).toMatchObject({ ok: true, data: { ran: all.slice(0, 3) } })
})
