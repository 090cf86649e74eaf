import { readFileSync } from 'node:fs'
import { parseSqlMigration } from '@yama/core/files'
import { expect, test } from 'vitest'
import { fileDialect } from './file-dialect.ts'

const pages = ['migration-files', 'repeatable-migrations']
const guide = pages.map((page) => readFileSync(new URL(`../../../docs/guide/${page}.md`, import.meta.url), 'utf8')).join('\n')
const blocks = Array.from(guide.matchAll(/^```sql (\S+)\n([\s\S]*?)^```$/gm), ([, name = '', text = '']) => ({ name, text }))

test('every SQL example of the guide is named', () => {
  expect(guide.match(/^```sql/gm)).toHaveLength(blocks.length)
  expect(blocks.length).toBeGreaterThanOrEqual(7)
})

for (const { name, text } of blocks) {
  test(`the guide's ${name} is a migration`, () => {
    const migration = parseSqlMigration(text, `migrations/${name}`, fileDialect('postgres'))
    expect({
      id: migration.id,
      up: migration.up.length,
      down: migration.down?.length ?? 0,
      transaction: migration.transaction.up,
      noop: migration.noop ?? false,
    }).toMatchSnapshot()
  })
}
