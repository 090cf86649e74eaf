import { expect, test } from 'vitest'
import { project, type Envelope } from './project.ts'

const env = { DATABASE_URL: 'sqlite:./t.db' } as const
const codes = ({ diagnostics }: Envelope): readonly string[] => diagnostics.map(({ code }) => code)
const tables = (names: readonly string[]): string => names.map((name) => `CREATE TABLE ${name} (id INTEGER PRIMARY KEY);\n`).join('')

test('a migration for other databases is recorded, nothing of it runs, and its children follow', async () => {
  using made = project({
    'migrations/001_a.sql': tables(['a']),
    'migrations/002_search.sql': `-- id: m_search\n-- parents: 001_a\n-- applies-to: dialect = 'postgres'\n-- +migrate Up\nCREATE EXTENSION pg_trgm;\n-- +migrate Down\nDROP EXTENSION pg_trgm;\n`,
    'migrations/003_b.sql': `-- id: m_b\n-- parents: m_search\n-- applies-to: environment in ('default', 'dev')\n-- +migrate Up\n${tables(['b'])}-- +migrate Down\nDROP TABLE b;\n`,
  })
  const applied = await made.json('up', { env })
  expect(applied).toMatchObject({ ok: true, data: { applied: ['001_a', 'm_search', 'm_b'] } })
  expect(codes(applied)).toEqual(['YAMA_MIGRATION_ELSEWHERE'])
  expect(await made.json('status --exit-code', { env })).toMatchObject({ exitCode: 0 })
  const history = await made.json('history m_search', { env })
  expect(JSON.stringify(history.data)).toContain('"elsewhere":true')
  // The scratch database of generate leaves it out too.
  made.write(
    'schema/a.yaml',
    'entities:\n  A: { table: a, fields: { id: bigint? primary } }\n  B: { table: b, fields: { id: bigint? primary } }\n',
  )
  expect(await made.json('generate --preview', { env })).toMatchObject({ ok: true })
  const back = await made.json('plan --down-to 001_a', { env })
  const { digest } = back.data as { readonly digest: string }
  expect(await made.json(`down --to 001_a --confirm ${digest}`, { env })).toMatchObject({ data: { reverted: ['m_b', 'm_search'] } })
})

test('an expression that asks for what nobody knows is refused before anything runs', async () => {
  using made = project({
    'migrations/001_a.sql': `-- id: m_a\n-- parents: none\n-- applies-to: tier = 'enterprise'\n-- +migrate Up\n${tables(['a'])}`,
  })
  for (const command of ['up', 'validate', 'graph', 'status'])
    expect(await made.json(command, { env }), command).toMatchObject({
      ok: false,
      exitCode: 65,
      diagnostics: [{ code: 'YAMA_APPLIES_TO_INVALID', file: 'migrations/001_a.sql', line: 3 }],
    })
})

test('a migration waits for what it requires of another project in the same database', async () => {
  const needs = (requires: string): string =>
    `-- id: m_s\n-- parents: none\n-- requires: [${requires}]\n-- +migrate Up\n${tables(['shop'])}`
  using made = project({
    'shop.config.json': JSON.stringify({ project: 'shop', migrations: 'shop' }),
    'billing.config.json': JSON.stringify({ project: 'billing', migrations: 'billing' }),
    'shop/001_s.sql': needs('billing:m_b'),
    'billing/001_b.sql': `-- id: m_b\n-- parents: none\n-- +migrate Up\n${tables(['invoices'])}`,
  })
  expect(await made.json('up --config shop.config.json', { env })).toMatchObject({ exitCode: 65, reason: 'YAMA_REQUIRES_MISSING' })
  expect(await made.json('up --config billing.config.json', { env })).toMatchObject({ ok: true })
  expect(await made.json('up --config shop.config.json', { env })).toMatchObject({ ok: true, data: { applied: ['m_s'] } })
  made.write('shop/002_t.sql', needs('flag:new_names').replace('m_s', 'm_t').replace('none', 'm_s').replace('TABLE shop', 'TABLE t'))
  expect(await made.json('up --config shop.config.json', { env })).toMatchObject({ exitCode: 65, reason: 'YAMA_REQUIRES_UNKNOWN' })
})
