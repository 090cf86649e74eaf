import { expect, test } from 'vitest'
import { project } from './project.ts'

const files = {
  'yama.config.json': JSON.stringify({ dialect: 'mysql' }),
  'schema/shop.yaml': `version: 1
entities:
  Customer:
    fields:
      id: bigint! primary identity
      name: string(120)! unique
      size: { type: { sql: "int unsigned" }, nullable: false, default: 0 }
  Bill:
    fields:
      id: bigint! primary identity
      customer: Customer! cascade
views:
  names: { query: "select name, date_format(now(), '%x') as week from customer" }
  plain: { query: "select name from customer where size > 3" }
`,
}

test('port: decisions are listed with exit code 4, answered in a file, and the new project runs', async () => {
  using made = project(files)
  const open = await made.json('port --to sqlite')
  expect(open).toMatchObject({ ok: false, exitCode: 4, reason: 'YAMA_PORT_DECISIONS' })
  expect(open.decisions.map(({ id }) => id)).toEqual(expect.arrayContaining(['type:int unsigned', 'view:names']))
  expect(open.decisions.map(({ id }) => id)).not.toContain('view:plain')
  expect(made.list('.')).not.toContain('sqlite')
  made.write('answers.yaml', '"type:int unsigned": "sql: INTEGER"\n"view:names": "sql: select name from customer"\n')
  const done = await made.json('port --to sqlite --decide answers.yaml --defaults')
  expect(done).toMatchObject({ ok: true, data: { to: 'sqlite', out: 'sqlite' } })
  expect(made.read('sqlite/schema/customer.yaml')).toContain('size: int! = 0')
  const views = made.read('sqlite/schema/views.yaml')
  expect(views).toContain('select name from customer')
  expect(views).toMatch(/size > 3/)
  const env = { DATABASE_URL: 'sqlite:./shop.db' }
  expect(await made.json('--cwd sqlite up', { env })).toMatchObject({ ok: true })
  expect(await made.json('--cwd sqlite generate --preview', { env })).toMatchObject({ ok: true })
})
