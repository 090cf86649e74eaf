import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { coreErrors } from '@yama/core'
import { resolveSecret } from '../config/resolve-secret.ts'
import type { CliContext } from '../program/cli-context.ts'

/** The text of a key: a PEM file, or `env:NAME`. */
export async function readKey(context: CliContext, reference: string): Promise<string> {
  if (reference.startsWith('env:')) return resolveSecret(reference, 'the key of the bundle', (await context.project()).variables)
  try {
    return await readFile(resolve(context.globals.cwd, reference), 'utf8')
  } catch (error) {
    throw coreErrors.YAMA_BUNDLE_KEY({ kind: 'given', reason: `${reference} cannot be read` }, { cause: error })
  }
}
