import { expect, test } from 'vitest'
import { deadLinks } from './dead-links.ts'
import { houseRules } from './house-rules.ts'
import { packageRules } from './package-rules.ts'

const complaints = (path: string, text: string): readonly string[] => houseRules({ path, text })

test.each([
  ['packages/core/src/graph/find-cycle.ts', 'export function findCycle() {}'],
  ['packages/core/src/hash/sha256.ts', 'export const sha256Hex = 1'],
  ['packages/core/src/index.ts', "export { a } from './a.ts'"],
  ['packages/postgres/src/rules/index.ts', 'export const indexRules = 1'],
  ['packages/core/src/graph/model.ts', 'export interface Model {}\nexport const words = 1'],
  ['packages/core/src/graph/a.test.ts', "throw new Error('in a test')"],
  ['packages/core/src/graph/comment.ts', "// new Error( in a comment\nexport const comment = 'new Error('"],
])('%s is fine', (path, text) => {
  expect(complaints(path, text)).toEqual([])
})

test.each([
  ['packages/core/src/graph/cycles.ts', 'export function somethingElse() {}', /not named after it/],
  ['packages/core/src/graph/utils.ts', '', /says nothing/],
  ['packages/core/src/graph/index.ts', "export { a } from './a.ts'\nexport type * from './b.ts'", /barrel below src/],
  ['packages/core/src/graph/walk.ts', "export const walk = () => {\n  throw new Error('x')\n}", /line 2 makes new Error/],
  ['packages/core/src/graph/is-it.ts', 'export const isIt = (e: unknown) => e instanceof YamaError', /YamaError\.is/],
  ['packages/core/src/graph/long.ts', 'a\n'.repeat(301), /301 lines/],
])('%s is refused', (path, text, complaint) => {
  expect(complaints(path, text)).toEqual([expect.stringMatching(complaint)])
})

test('publishConfig.exports must be exports without sources', () => {
  const exports = { '.': { 'yama-source': './src/index.ts', default: './dist/index.js' } }
  const publishConfig = { exports: { '.': { default: './dist/index.js' } } }
  expect(packageRules({ name: 'a', exports, publishConfig }, ['index.ts'])).toEqual([])
  expect(packageRules({ name: 'a', exports }, ['index.ts'])).toHaveLength(1)
  expect(packageRules({ name: 'a', exports, publishConfig }, ['index.ts', 'files.ts'])).toEqual([expect.stringContaining('./files')])
  expect(packageRules({ name: 'a', exports, publishConfig, bin: { a: './dist/bin.js' } }, ['index.ts', 'bin.ts'])).toEqual([])
})

test('a link to a missing file is named, a link in a code block is not', () => {
  const text = '[here](house-rules.test.ts#x) [gone](gone.md) [web](https://a.b)\n```md\n[also](gone2.md)\n```\n'
  expect(deadLinks(import.meta.dirname, 'tools.md', text)).toEqual(['tools.md links to gone.md, which is not there'])
})
