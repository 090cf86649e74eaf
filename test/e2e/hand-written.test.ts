import { expect, test } from 'vitest'
import { project } from './project.ts'

const env = { DATABASE_URL: 'sqlite:./t.db' } as const
const files = {
  'schema/a.yaml': 'entities:\n  A: { table: a, fields: { id: "bigint! primary identity", n: "int?" } }\n',
  'migrations/999_by_hand.sql':
    '-- +migrate Up\n-- +migrate StatementBegin\nCREATE TRIGGER a_count AFTER INSERT ON a BEGIN UPDATE a SET n = 1; END;\n-- +migrate StatementEnd\nCREATE VIEW all_a AS SELECT id FROM a;\n-- +migrate Down\nDROP VIEW all_a;\nDROP TRIGGER a_count;\n',
}

test('what a migration written by hand made and the entities do not say is dropped, and that is said', async () => {
  using made = project({ 'schema/a.yaml': files['schema/a.yaml'] })
  await made.json('generate', { env })
  made.write('migrations/99990101000000_by_hand.sql', files['migrations/999_by_hand.sql'])
  const generated = await made.json('generate --preview', { env })
  expect(generated).toMatchObject({ ok: true })
  expect(generated.diagnostics.filter(({ code }) => code === 'YAMA_DROPS_HAND_WRITTEN')).toEqual([
    expect.objectContaining({
      severity: 'warning',
      file: 'migrations/99990101000000_by_hand.sql',
      message: expect.stringMatching(/view all_a, trigger a\.a_count|trigger a\.a_count, view all_a/) as unknown,
    }),
  ])
  // What the entities said once and say no more was dropped on purpose.
  made.write(
    'schema/a.yaml',
    `${files['schema/a.yaml']}views:\n  all_a: { query: "SELECT id FROM a" }\ntriggers:\n  a_count: { on: A, sql: "CREATE TRIGGER a_count AFTER INSERT ON a BEGIN UPDATE a SET n = 1; END" }\n`,
  )
  expect(await made.json('generate --preview', { env })).toMatchObject({
    data: { status: 'empty' },
    diagnostics: expect.not.arrayContaining([expect.objectContaining({ code: 'YAMA_DROPS_HAND_WRITTEN' })]) as unknown,
  })
})

test('the version has an envelope too', async () => {
  using made = project({})
  expect(await made.json('version')).toMatchObject({
    command: 'version',
    ok: true,
    data: { version: expect.stringMatching(/^\d+\.\d+/) as unknown },
  })
  expect((await made.yama('version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test('a migration that reaches out of its database is not replayed, and the place is shown', async () => {
  using made = project({
    'schema/a.yaml': files['schema/a.yaml'],
    'migrations/001_copy.sql': "CREATE TABLE b (id int);\nATTACH DATABASE 'archive.db' AS archive;\n",
  })
  expect(await made.json('generate', { env })).toMatchObject({
    ok: false,
    exitCode: 65,
    diagnostics: [expect.objectContaining({ code: 'YAMA_SCRATCH_OUTSIDE', file: 'migrations/001_copy.sql', line: 2 })],
  })
  expect(made.list('.')).not.toContain('archive.db')
})
