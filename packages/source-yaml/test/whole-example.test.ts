import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { bare, loadText } from './load-text.ts'

const example = readFileSync(new URL('./design-example.yaml', import.meta.url), 'utf8')

describe.each(['postgres', 'sqlite', 'mysql', 'mariadb'] as const)('the whole syntax in one file, on %s', (kind) => {
  it('becomes facts with their places', async () => {
    const { facts, diagnostics } = await loadText(example, kind)
    expect(bare(facts).map((fact) => JSON.stringify(fact))).toMatchSnapshot('facts')
    expect(facts.find((fact) => fact.name === 'reviewer_id')?.origin).toEqual({ file: 'schema/app.yaml', line: 63, column: 7 })
    expect(diagnostics.map((each) => `${each.severity} ${each.code} ${each.position?.line}:${each.position?.column}`)).toMatchSnapshot(
      'diagnostics',
    )
  })
})
