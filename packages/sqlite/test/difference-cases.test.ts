import { expect, describe, it } from 'vitest'
import { differenceCases, runCase } from './difference-case.ts'

const corpus = process.env['YAMA_CORPUS_DIR']
if (corpus === undefined)
  console.warn("packages/sqlite/test/difference-cases.test.ts: other tools' pairs are skipped, YAMA_CORPUS_DIR is not set")

describe('difference cases', () => {
  it.each(differenceCases(corpus).map((one) => [`${one.src} ${one.name}`, one] as const))('%s', async (_, one) => {
    const { outcome, detail, statements } = await runCase(one)
    expect(outcome, `${detail}\n${statements.join('\n')}`).toBe('ok')
  })
})
