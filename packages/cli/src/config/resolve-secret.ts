import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { cliErrors } from '../errors/errors.ts'

/**
 * The value behind a reference: `env:NAME`, `file:/run/secrets/url`, `exec:command`, or the text itself.
 * Rejects with YAMA_SECRET_MISSING, which names the reference and never the value.
 */
export async function resolveSecret(
  reference: string,
  where: string,
  variables: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const missing = (reason: string, cause?: unknown): Error => cliErrors.YAMA_SECRET_MISSING({ reference, where, reason }, { cause })
  if (reference.startsWith('env:')) {
    const value = variables[reference.slice(4)]
    if (value === undefined || value === '') throw missing('the variable is not set')
    return value
  }
  if (reference.startsWith('file:/')) {
    if (/\.(db|sqlite3?)$/.test(reference)) return reference
    try {
      return (await readFile(reference.slice(5), 'utf8')).trim()
    } catch (error) {
      throw missing('the file cannot be read', error)
    }
  }
  if (reference.startsWith('exec:')) {
    try {
      // Loaded here: most projects start nothing.
      const { execFile } = await import('node:child_process')
      const { stdout } = await promisify(execFile)('/bin/sh', ['-c', reference.slice(5)], { timeout: 30_000 })
      return stdout.trim()
    } catch (error) {
      // The command's output may hold the secret: only its exit code is told.
      const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : 'unknown'
      throw missing(`the command failed with exit code ${code}`)
    }
  }
  return reference
}
