import { mkdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { writeWhole } from '@yama/core/files'
import type { DriftIgnore } from '@yama/drift'
import type { CliContext } from '../program/cli-context.ts'
import { shownPath } from '../program/load-project.ts'

/** Reviewed and committed, unlike `.yama/cache` beside it. */
const FILE = '.yama/drift-ignore.json'

export async function readIgnores(context: CliContext): Promise<readonly DriftIgnore[]> {
  const { parseIgnores } = await import('@yama/drift')
  const { root } = await context.project()
  let text: string
  try {
    text = await readFile(join(root, FILE), 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return parseIgnores(text, FILE)
}

/** Writes them all and gives the file's name for people. */
export async function storeIgnores(context: CliContext, ignores: readonly DriftIgnore[]): Promise<string> {
  const { writeIgnores } = await import('@yama/drift')
  const { root } = await context.project()
  const path = join(root, FILE)
  await mkdir(dirname(path), { recursive: true })
  await writeWhole(path, writeIgnores(ignores))
  return shownPath(root, path)
}
