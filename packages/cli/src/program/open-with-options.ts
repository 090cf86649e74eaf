import { createYama, type Plugin, type Yama } from '@yama/core'
import { resolve } from 'node:path'
import { openBundle } from '@yama/core/files'
import { cliErrors } from '../errors/errors.ts'
import { readKey } from '../bundle/read-key.ts'
import type { CliContext } from './cli-context.ts'
import { text, texts } from './option-values.ts'
import type { OpenOptions } from './open-options.ts'
import { yamaConfig } from './open-yama.ts'
import { waitForDatabase } from './wait-for-database.ts'

/** Opens the database with what the command line says about waiting and late files. */
export async function openWithOptions(
  context: CliContext,
  options: Readonly<Record<string, unknown>>,
  extra: readonly Plugin[],
  open: OpenOptions = { mustExist: true },
): Promise<Yama> {
  const file = text(options['bundle'])
  const key = text(options['verify'])
  if (key !== undefined && file === undefined)
    throw cliErrors.YAMA_CLI_USAGE({
      problem: '--verify is about the signature of a bundle, and no bundle is given.',
      next: 'Add `--bundle FILE`, or leave it out.',
    })
  const database = await context.database()
  await waitForDatabase(context, options)
  const bundle =
    file === undefined
      ? undefined
      : openBundle(resolve(context.globals.cwd, file), key === undefined ? {} : { verify: await readKey(context, key) })
  const config = await yamaConfig(context, database, extra, { ...open, bundle })
  const late = texts(options['allowLate'])
  const yama = createYama({ ...config, ...(late.length === 0 ? {} : { late }) })
  context.defer(() => Promise.resolve(yama[Symbol.asyncDispose]()))
  return yama
}
