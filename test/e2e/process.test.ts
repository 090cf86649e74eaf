import { existsSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bin, project } from './project.ts'

const config = (before: string): string =>
  `${before}\nexport default { dialect: 'sqlite', migrations: 'migrations', environments: { dev: { url: 'sqlite:./dev.db' } } }\n`
const migrations = Object.fromEntries(
  Array.from({ length: 30 }, (_, at) => [`migrations/${100 + at}_t.sql`, `CREATE TABLE t${at} (id int);\n`]),
)

test('a reader of the output that goes ends no run', async () => {
  using made = project({ 'yama.config.ts': config(''), ...migrations })
  await made.run('sh', ['-c', `(sleep 0.3; "${process.execPath}" "${bin}" up --json=stream; echo $? > code) 2>&1 | true`])
  expect(made.read('code')).toBe('0\n')
  expect((await made.json('status')).reason).toBe('up to date')
})

test.skipIf(!existsSync('/dev/full'))('output that a full disk did not take is no success', async () => {
  using made = project({ 'yama.config.ts': config(''), ...migrations })
  const { code, stderr } = await made.run('sh', ['-c', `"${process.execPath}" "${bin}" plan --sql > /dev/full`])
  expect(code).toBe(1)
  expect(stderr).toContain('YAMA_OUTPUT_WRITE')
  expect(stderr).not.toMatch(/^\s+at /m)
})

test
  .skipIf(!existsSync('/dev/full'))
  .each(['plan --out /dev/full', 'schema --out /dev/full', 'audit export --out /dev/full', 'state export --out /dev/full'])(
  '%s asks for space',
  async (words) => {
    using made = project({ 'yama.config.ts': config(''), ...migrations })
    await made.yama('up')
    const { code, stderr } = await made.yama(words)
    expect(stderr).toContain('YAMA_FILE_ACCESS')
    expect(stderr).toContain('Free space')
    expect(code).toBe(77)
  },
)

test.each([
  ['process.exit(0)', 1, 'process.exit(0)'],
  ['process.exit(3)', 3, 'process.exit(3)'],
  ['await new Promise(() => {})', 1, 'something is waited for that never comes'],
  ["setTimeout(() => { throw new Error('too late') }, 0)", 1, 'an error that nothing waited for was thrown: too late'],
  ["void Promise.reject(new Error('let go'))", 1, 'an error that nothing waited for was thrown: let go'],
])('a configuration with %s is no success', async (line, code, said) => {
  using made = project({ 'yama.config.ts': config(line), ...migrations })
  const ran = await made.yama('up')
  expect(ran.code).toBe(code)
  expect(ran.stderr).toContain('YAMA_ENDED_EARLY')
  expect(ran.stderr).toContain(said)
  expect(ran.stderr).not.toMatch(/^ {4}at /m)
  expect(await made.json('status')).toMatchObject({ ok: false, exitCode: code, reason: 'YAMA_ENDED_EARLY' })
})

test('what a configuration prints stands not in front of the result', async () => {
  using made = project({ 'yama.config.ts': config("console.log('[dotenv] injecting')"), ...migrations })
  expect((await made.json('status')).ok).toBe(true)
  const { stdout, stderr } = await made.yama('plan --sql')
  expect(stdout).not.toContain('dotenv')
  expect(stderr).toContain('[dotenv] injecting')
})
