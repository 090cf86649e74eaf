import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const root = resolve(import.meta.dirname, '../..')
// Below the repository, so that `vitest` resolves.
const directory = mkdtempSync(join(root, 'node_modules', '.yama-reporter-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

function count(files: Readonly<Record<string, string>>): unknown {
  const place = mkdtempSync(join(directory, 'run-'))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(place, name), text)
  writeFileSync(join(place, 'vitest.config.mjs'), 'export default {}')
  const out = join(place, 'counts.json')
  spawnSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'run', '--root', place, `--reporter=${join(root, 'scripts/count-reporter.mjs')}`],
    { cwd: place, env: { ...process.env, YAMA_TEST_COUNTS: out }, timeout: 60_000 },
  )
  const { passed, failed, skipped } = JSON.parse(readFileSync(out, 'utf8')) as {
    passed: number
    failed: number
    skipped: { name: string }[]
  }
  return { passed, failed, skipped: skipped.map(({ name }) => name) }
}

const use = "import { beforeAll, describe, expect, test } from 'vitest'\n"

test('a failure is never missing from the counts, wherever it happens', () => {
  expect(
    count({
      'a.test.js': `${use}test('yes', () => {}); test('no', () => expect(1).toBe(2)); test.skip('later: no server', () => {}); test.todo('t')`,
      'load.test.js': "throw new Error('a file that cannot be loaded')",
      'hook.test.js': `${use}describe('s', () => { beforeAll(() => { throw new Error('hook') }); test('never runs', () => {}) })`,
      'loose.test.js': `${use}test('leaves a promise', () => { Promise.reject(new Error('unhandled')) })`,
    }),
  ).toEqual({ passed: 2, failed: 4, skipped: ['later: no server', 't', 's > never runs'] })
})
