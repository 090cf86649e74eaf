import { expect, test } from 'vitest'
import { project } from './project.ts'

test('the command fills placeholders by environment, reads secrets late, and refuses what nobody declared', async () => {
  using made = project({
    'yama.config.json': JSON.stringify({
      placeholders: { table: 'people', who: 'everybody', word: 'env:THE_WORD' },
      environments: { dev: { url: 'sqlite:./dev.db' }, test: { url: 'sqlite:./test.db', placeholders: { who: 'testers' } } },
    }),
    'migrations/001_a.sql':
      "-- +migrate Up\nCREATE TABLE ${table} (name TEXT DEFAULT '${who}');\nINSERT INTO ${table} VALUES ('${word}');\n-- +migrate Down\nDROP TABLE ${table};\n",
  })
  expect((await made.yama('plan --env test --sql')).stdout).toContain("DEFAULT 'testers'")
  // A plan and a status need no secret.
  expect(await made.json('status --env dev')).toMatchObject({ ok: true })
  const missing = await made.json('up --env dev')
  expect(missing).toMatchObject({ ok: false, diagnostics: [{ file: 'migrations/001_a.sql', line: 3 }] })
  expect(missing.diagnostics[0]?.message).toContain('env:THE_WORD')
  const env = { THE_WORD: 'open-sesame' }
  const applied = await made.yama('up --env dev --verbose', { env })
  expect(applied.code).toBe(0)
  expect(applied.output + (await made.yama('history', { env })).output).not.toContain('open-sesame')

  // The way back of a migration whose file is gone knows them too.
  const text = made.read('migrations/001_a.sql')
  made.remove('migrations/001_a.sql')
  made.write('migrations/000_other.sql', '-- no-op\n')
  expect((await made.yama('plan --down 1 --sql --env dev')).stdout).toContain('DROP TABLE people')
  made.remove('migrations/000_other.sql')

  made.write('migrations/001_a.sql', text)
  made.write('migrations/002_b.sql', 'SELECT 1;\nSELECT ${tabel};\n')
  const refused = await made.json('up --env dev', { env })
  expect(refused).toMatchObject({
    exitCode: 65,
    diagnostics: [{ code: 'YAMA_PLACEHOLDER_UNKNOWN', file: 'migrations/002_b.sql', line: 2, col: 8 }],
  })
  expect(refused.diagnostics[0]?.message).toContain('Did you mean ${table}?')
  made.write('yama.config.json', JSON.stringify({ placeholders: { table: ['people'] } }))
  expect(await made.json('status')).toMatchObject({ exitCode: 78, reason: 'YAMA_CONFIG_INVALID' })
})
