import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { CliContext } from './cli-context.ts'

/** A file of `yama state export`, relative to the working directory. Rejects with YAMA_CHECK_STATE where it is not there or is none. */
export async function stateFile(context: CliContext, file: string): Promise<ReturnType<typeof import('@yama/review').readExportedState>> {
  const { readExportedState, reviewErrors } = await import('@yama/review')
  let content: string
  try {
    content = await readFile(resolve(context.globals.cwd, file), 'utf8')
  } catch (error) {
    throw reviewErrors.YAMA_CHECK_STATE({ file, reason: 'it cannot be opened' }, { cause: error })
  }
  return readExportedState(content, file)
}
