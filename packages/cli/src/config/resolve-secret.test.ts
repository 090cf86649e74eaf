import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { resolveSecret } from './resolve-secret.ts'

test('a variable, a file, a command and a plain text', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'yama-secret-'))
  try {
    writeFileSync(join(directory, 'url'), 'from-file\n')
    await expect(resolveSecret('env:A', 'dev', { A: 'from-env' })).resolves.toBe('from-env')
    await expect(resolveSecret(`file:${directory}/url`, 'dev', {})).resolves.toBe('from-file')
    await expect(resolveSecret('exec:printf from-command', 'dev', {})).resolves.toBe('from-command')
    await expect(resolveSecret('sqlite:./x.db', 'dev', {})).resolves.toBe('sqlite:./x.db')
    await expect(resolveSecret('file:/var/app.db', 'dev', {})).resolves.toBe('file:/var/app.db')
  } finally {
    rmSync(directory, { recursive: true })
  }
})

test.each(['env:MISSING', 'env:EMPTY', 'file:/nowhere/url', 'exec:echo hunter2; exit 3'])(
  '%s without a value is refused, and says no secret',
  async (reference) => {
    const refused = expect.objectContaining({
      code: 'YAMA_SECRET_MISSING',
      message: expect.not.stringMatching(/hunter2(?!; exit)/) as string,
    })
    await expect(resolveSecret(reference, 'dev', { EMPTY: '' })).rejects.toEqual(refused)
  },
)
