import { join, resolve } from 'node:path'
import type { Migration } from '@yama/core'
import type { Content, Git } from '@yama/review'
import type { CliContext } from './cli-context.ts'
import { cacheDirectory, shownPath } from './load-project.ts'
import { migrationSource } from './migration-source.ts'

/** Reads migrations from files as they are somewhere else: on a branch, or after a merge. */
export type LoadTree = (files: ReadonlyMap<string, Content>) => Promise<readonly Migration[]>

/** A reader of such files, with the project's own settings. Modules among them find the project's packages. */
export async function treeMigrations(context: CliContext, git: Git): Promise<LoadTree> {
  const { withFiles } = await import('@yama/review')
  const project = await context.project()
  const environment = await context.environment()
  const { dialect } = await context.authoring()
  const directory = shownPath(project.root, project.migrationsDirectory)
  return async (files) => {
    if (files.size === 0) return []
    const load = async (root: string): Promise<readonly Migration[]> => {
      const moved = { ...project, root, migrationsDirectory: resolve(root, directory) }
      return await migrationSource(moved, dialect, environment.name).load(context.signal)
    }
    return await withFiles(git, files, load, join(cacheDirectory(project.root), 'trees'))
  }
}
