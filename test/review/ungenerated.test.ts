import type { ReviewDocument } from '@yama/review'
import { expect, test } from 'vitest'
import { config, repository } from './review-project.ts'

test('what the entities say and no migration does is a finding, and so is a question that they leave open', async () => {
  const entity = (field: string): string => `version: 1\nentities:\n  Team:\n    fields:\n      id: int! primary\n      ${field}\n`
  using repo = repository({
    'yama.config.ts': config('sqlite:./t.db'),
    'migrations/001_team.sql': 'CREATE TABLE team (id INTEGER PRIMARY KEY, name TEXT);\n',
    'schema/team.yaml': entity('name: text?'),
  })
  const { made } = repo
  const findings = async (...words: readonly string[]): Promise<readonly string[]> => {
    made.write('migrations/002_note.sql', 'CREATE TABLE note (id INTEGER PRIMARY KEY);\nDROP TABLE note;\n')
    const { data } = await made.json('review', '--base', 'main', ...words)
    return (data['document'] as ReviewDocument).findings.map(({ code }) => code)
  }
  expect(await findings()).not.toContain('YAMA_CHECK_UNGENERATED')
  made.write('schema/team.yaml', entity('name: text?\n      motto: text?'))
  expect(await findings()).toContain('YAMA_CHECK_UNGENERATED')
  expect(await findings('--files-only')).not.toContain('YAMA_CHECK_UNGENERATED')
  made.write('schema/team.yaml', entity('title: text?'))
  expect((await findings()).join()).toContain('YAMA_DECISION')
})
