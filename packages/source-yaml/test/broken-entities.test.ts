import { type Diagnostic, YamaError } from '@yama/core'
import { describe, expect, it } from 'vitest'
import { sourceYamlErrors } from '../src/errors/errors.ts'
import { brokenCases } from './broken-entities.ts'
import { loadText } from './load-text.ts'

/** The line and a caret, as the command line prints it. */
function excerpt(texts: string | Readonly<Record<string, string>>, { position }: Diagnostic): string {
  const text = typeof texts === 'string' ? texts : texts[position?.file ?? '']
  const line = text?.split('\n')[(position?.line ?? 1) - 1] ?? ''
  return `  ${line}\n  ${line.slice(0, (position?.column ?? 1) - 1).replaceAll(/[^\t]/g, ' ')}^`
}

async function refusal(text: string | Readonly<Record<string, string>>): Promise<YamaError> {
  try {
    await loadText(text)
  } catch (error) {
    if (YamaError.is(error)) return error
    throw error
  }
  throw new Error('The file was accepted.')
}

describe('broken entity files', () => {
  it('are at least a hundred', () => expect(brokenCases.length).toBeGreaterThanOrEqual(100))

  it.each(brokenCases)('%s', async (_, text) => {
    const error = await refusal(text)
    expect(error.code).toBe('YAMA_ENTITY_INVALID')
    const found = error.data as readonly Diagnostic[]
    for (const each of found) {
      expect(sourceYamlErrors.specs).toHaveProperty(each.code)
      expect(`${each.message} ${each.hint}`).not.toMatch(/undefined|\[object|NaN|\{\w+\}\s/)
    }
    expect(
      `\n${found.map((each) => `${each.code} ${each.position?.file}:${each.position?.line}:${each.position?.column}\n${excerpt(text, each)}\n  ${each.message}\n  ${each.hint}`).join('\n')}\n`,
    ).toMatchSnapshot()
  })
})

it('an entity with empty fields is refused where a table needs columns, and told of on PostgreSQL', async () => {
  const text = 'entities:\n  User:\n    table: users\n    fields: {}\n'
  for (const kind of ['sqlite', 'mysql', 'mariadb'] as const)
    await expect(loadText(text, kind)).rejects.toMatchObject({
      data: [{ code: 'YAMA_ENTITY_NO_FIELDS', position: { line: 4, column: 5 } }],
    })
  const { diagnostics } = await loadText(text)
  expect(diagnostics).toMatchObject([{ code: 'YAMA_ENTITY_NO_FIELDS', severity: 'warning' }])
})
