import { readFileSync } from 'node:fs'
import { YamaError } from '@yama/core'
import { describe, expect, it } from 'vitest'
import { loadText } from './load-text.ts'

const page = readFileSync(new URL('../../../docs/reference/entities.md', import.meta.url), 'utf8')
const blocks = [...page.matchAll(/```yaml\n([^]*?)```/g)].map((match, index) => [index + 1, match[1] ?? ''] as const)

describe('docs/reference/entities.md', () => {
  it('has blocks', () => expect(blocks.length).toBeGreaterThan(12))
  it.each(blocks)('block %i is accepted on PostgreSQL and SQLite', async (_, text) => {
    for (const kind of ['postgres', 'sqlite'] as const) {
      const problem = await loadText(text, kind).then(
        () => '',
        (error: unknown) => (YamaError.is(error) ? JSON.stringify(error.data, null, 1) : String(error)),
      )
      expect(problem).toBe('')
    }
  })
})
