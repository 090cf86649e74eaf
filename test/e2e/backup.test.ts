import { join } from 'node:path'
import { expect, test } from 'vitest'
import { project } from './project.ts'
import { rowsOf } from './sqlite-file.ts'

test('a run that loses data is preceded by a backup, which the log tells of; without one nothing runs', async () => {
  using made = project({
    'yama.config.json': JSON.stringify({ backup: { directory: 'saved' }, environments: { dev: { url: 'sqlite:./dev.db' } } }),
    'migrations/001_a.sql': 'CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\n',
    'migrations/002_b.sql': '-- +migrate Up\nCREATE TABLE b (id INTEGER);\n-- +migrate Down\nDROP TABLE b;\n',
  })
  expect(await made.json('up')).toMatchObject({ ok: true })
  expect(made.list('saved')).toEqual([])
  made.write('migrations/003_c.sql', 'DROP TABLE a;\n')
  const { digest } = (await made.json('plan')).data as { readonly digest: string }
  const applied = await made.yama(`up --confirm ${digest}`)
  expect(applied.stderr).toMatch(/backup: .*saved\/dev-\w+-\w+\.db, \d+ bytes, sha256 [0-9a-f]{64}/)
  const [file = ''] = made.list('saved')
  expect(rowsOf(join(made.directory, 'saved', file), 'SELECT id FROM a')).toEqual([{ id: 1 }])
  const events = JSON.stringify((await made.json('history')).data)
  expect(events).toContain('backup.made')
  expect(events).toContain(file)
  expect(await made.json('audit verify')).toMatchObject({ ok: true })

  made.write('saved2', 'a file where the directory should be')
  made.write('migrations/004_d.sql', 'CREATE TABLE d (id INTEGER);\n')
  expect(await made.json('up --backup saved2')).toMatchObject({ exitCode: 8, reason: 'YAMA_BACKUP_FAILED' })
  expect(await made.json('status')).toMatchObject({ data: { pending: [{ id: '004_d' }] } })
  expect(await made.json('up --backup')).toMatchObject({ ok: true })
  expect(made.list('saved')).toHaveLength(2)
  made.write('yama.config.json', JSON.stringify({ backup: { wen: 'always' } }))
  expect(await made.json('status')).toMatchObject({ exitCode: 78, reason: 'YAMA_CONFIG_INVALID' })
})
