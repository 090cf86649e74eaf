import { join } from 'node:path'
import Database from 'better-sqlite3'
import { html, markdown, type ReviewDocument } from '@yama/review'
import { expect, test } from 'vitest'
import type { Envelope } from '../history/command.ts'
import { migration, repository } from './review-project.ts'

const config = (more = ''): string => `export default { dialect: 'sqlite', ${more} }\n`
const files = {
  'yama.config.ts': config(),
  '.gitignore': '*.db*\n.yama\n*.json\n',
  'migrations/20260101000000_base.sql': migration(
    'm_base',
    'none',
    'CREATE TABLE users (id int PRIMARY KEY, age int);\nCREATE TABLE "odd ""name" (id int PRIMARY KEY);',
    'DROP TABLE "odd ""name";\nDROP TABLE users;',
  ),
}
const documentOf = ({ data }: Envelope): ReviewDocument => data['document'] as ReviewDocument

/** A database that has run the base, then was changed by hand in two places; on a branch that touches one of them. */
async function changedByHand(more?: string): Promise<ReturnType<typeof repository>> {
  const repo = repository({ ...files, 'yama.config.ts': config(more) })
  await repo.made.json('up', '--url', 'sqlite:prod.db')
  const database = new Database(join(repo.made.directory, 'prod.db'))
  database.exec('ALTER TABLE users ADD COLUMN nick text; CREATE INDEX odd ON "odd ""name" (id)')
  database.close()
  repo.made.write(
    'migrations/20260102000000_more.sql',
    migration('m_more', 'm_base', 'ALTER TABLE users ADD COLUMN nick text;', 'ALTER TABLE users DROP COLUMN nick;'),
  )
  return repo
}

test('what was changed by hand in an environment and is touched is told, from its exported state and from its database', async () => {
  using repo = await changedByHand()
  const { made } = repo
  expect(await made.json('state', 'export', '--url', 'sqlite:prod.db', '--drift', '--out', 'prod.json')).toMatchObject({ ok: true })
  const environment = {
    wouldApply: ['m_more'],
    safe: true,
    drift: [
      { object: 'column users.nick', origin: 'added', touched: true },
      { object: expect.stringContaining('index'), origin: 'added', touched: false },
    ],
  }
  const exported = documentOf(await made.json('review', '--base', 'main', '--state', 'prod.json'))
  expect(exported.environments).toMatchObject([{ ...environment, exportedAt: expect.any(String) }])
  const live = documentOf(await made.json('review', '--base', 'main', '--url', 'sqlite:prod.db'))
  const pending = documentOf(await made.json('review', '--url', 'sqlite:prod.db'))
  for (const document of [exported, live, pending]) {
    expect(document.environments).toMatchObject([environment])
    expect(document.findings).toContainEqual(expect.objectContaining({ code: 'YAMA_REVIEW_DRIFT', severity: 'warning' }))
    expect(document.risk.because).toContain('an environment was changed by hand where it is touched')
    expect(markdown(document)).toContain('`column users.nick` added, **touched**')
    expect(html(document)).toContain('<strong class="bad">touched</strong>')
  }
})

test('where runs look for drift, the run would be refused, and check says so too', async () => {
  using repo = await changedByHand("drift: 'check'")
  const { made } = repo
  await made.json('state', 'export', '--url', 'sqlite:prod.db', '--drift', '--out', 'prod.json')
  const document = documentOf(await made.json('review', '--base', 'main', '--state', 'prod.json'))
  expect(document).toMatchObject({ environments: [{ safe: false }], risk: { level: 'high' } })
  expect(await made.json('check', '--state', 'prod.json', '--files-only')).toMatchObject({
    ok: false,
    exitCode: 3,
    diagnostics: expect.arrayContaining([expect.objectContaining({ code: 'YAMA_REVIEW_DRIFT', severity: 'error' })]),
  })
  expect(await made.json('up', '--url', 'sqlite:prod.db')).toMatchObject({ reason: 'YAMA_DRIFT_BLOCKS' })
})

test('without drift in the state nobody looked, and a database without a stored schema says why', async () => {
  using repo = repository(files)
  const { made } = repo
  await made.json('up', '--url', 'sqlite:prod.db')
  await made.json('state', 'export', '--url', 'sqlite:prod.db', '--out', 'prod.json')
  const document = documentOf(await made.json('review', '--base', 'main', '--state', 'prod.json'))
  expect(document.environments[0]).not.toHaveProperty('drift')
  expect(markdown(document)).toContain('not looked for')
  const empty = documentOf(await made.json('review', '--base', 'main', '--url', 'sqlite:new.db'))
  expect(empty.environments).toMatchObject([{ wouldApply: ['m_base'], because: [expect.stringContaining('not known')] }])
})
