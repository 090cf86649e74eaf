import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { clusterTemplate } from './cluster-template.ts'

const uid = process.getuid?.()
let home: string
let own: string | undefined
beforeEach(() => {
  own = process.env['TMPDIR']
  home = mkdtempSync(join(tmpdir(), 'yama-template-test-'))
  writeFileSync(join(home, 'initdb'), '')
  process.env['TMPDIR'] = home
})
afterEach(() => {
  if (own === undefined) delete process.env['TMPDIR']
  else process.env['TMPDIR'] = own
  rmSync(home, { recursive: true, force: true })
})
const template = (options = ''): string | undefined => clusterTemplate({ directory: home, major: 15 }, uid, options)

test.skipIf(uid === undefined)('is one for each initdb and its options, and believed only where nobody else may write', () => {
  const path = template() ?? ''
  expect(path.startsWith(join(home, 'yama-initdb-'))).toBe(true)
  expect(template('-k')).not.toBe(path)
  mkdirSync(path, { mode: 0o700 })
  expect(template()).toBe(path)
  chmodSync(path, 0o755)
  expect(template()).toBeUndefined()
  chmodSync(path, 0o700)
  expect(clusterTemplate({ directory: home, major: 15 }, (uid ?? 0) + 1, '')).not.toBe(path)
  rmSync(path, { recursive: true })
  symlinkSync(home, path)
  expect(template()).toBeUndefined()
})

test.skipIf(uid === undefined)('of a version before goes when another is needed', () => {
  const before = template('before') ?? ''
  mkdirSync(before, { mode: 0o700 })
  template('now')
  expect(existsSync(before)).toBe(false)
})
