import { readFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { buildGraph } from '@yama/core'
import { authoringErrors } from '../errors/errors.ts'
import type { AuthoringProject } from '../project/authoring-project.ts'
import type { EditResult } from './edit-result.ts'
import { provedEdit } from './proved-edit.ts'
import { editableNode, type AppliedSet } from './refuse-applied.ts'

/** Gives a migration that nobody has applied another name; its number and id stay. Rejects with YAMA_EDIT_APPLIED, YAMA_EDIT_EXISTS. */
export async function rename(project: AuthoringProject, name: string, words: string, applied: readonly AppliedSet[]): Promise<EditResult> {
  const graph = buildGraph(await project.migrations.load(project.scratch.signal))
  const { migration } = editableNode(graph, name, applied)
  const { file, version } = migration
  const stem = stemOf(words)
  const next = posix.join(posix.dirname(file), `${version}${version === '' ? '' : '_'}${stem}${posix.extname(file)}`)
  if (stem === '' || existsSync(join(project.root, next))) throw authoringErrors.YAMA_EDIT_EXISTS({ id: migration.id, file: next })
  const text = await readFile(join(project.root, file), 'utf8')
  return await provedEdit(
    project,
    new Map<string, string | undefined>([
      [file, undefined],
      [next, text],
    ]),
    [migration.id],
  )
}

/** Words as they stand in a file's name. */
export const stemOf = (words: string): string =>
  words
    .trim()
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
