import { join, resolve } from 'node:path'
import type { Migration } from '@yama/core'
import type { Content, Git } from '@yama/review'
import type { CliContext } from './cli-context.ts'
import { cacheDirectory, shownPath } from './load-project.ts'
import { migrationSource } from './migration-source.ts'

/** Reads migrations from files as they are somewhere else: on a branch, or after a merge. */
export type LoadTree = (files: ReadonlyMap<string, Content>) => Promise<readonly Migration[]>

/**
 * A reader of such files, with the project's own settings. Modules among them find the project's packages. Equal files are read once, and those
 * of the working tree where they are.
 */
export async function treeMigrations(context: CliContext, git: Git): Promise<LoadTree> {
  const { contentHash, withFiles, workingFiles } = await import('@yama/review')
  const project = await context.project()
  const environment = await context.environment()
  const { dialect, migrations } = await context.authoring()
  const directory = shownPath(project.root, project.migrationsDirectory)
  const read = async (root: string): Promise<readonly Migration[]> => {
    const moved = { ...project, root, migrationsDirectory: resolve(root, directory) }
    return await migrationSource(moved, dialect, environment.name).load(context.signal)
  }
  const known = new Map<string, readonly Migration[]>()
  let own: string | undefined
  return async (files) => {
    if (files.size === 0) return []
    own ??= contentHash(await workingFiles(project.root, directory))
    const hash = contentHash(files)
    const loaded =
      known.get(hash) ??
      (hash === own
        ? await migrations.load(context.signal)
        : await withFiles(git, files, read, join(cacheDirectory(project.root), 'trees')))
    known.set(hash, loaded)
    return loaded
  }
}
