import { join, resolve } from 'node:path'
import { sortMigrations, type Migration } from '@yama/core'
import type { Content, Git } from '@yama/review'
import type { CliContext } from './cli-context.ts'
import { cacheDirectory, shownPath } from './load-project.ts'
import { migrationSource } from './migration-source.ts'

/** Reads migrations from files as they are somewhere else: on a branch, or after a merge. */
export type LoadTree = (files: ReadonlyMap<string, Content>) => Promise<readonly Migration[]>

type Files = ReadonlyMap<string, Content>

/**
 * A reader of such files, with the project's own settings. Modules among them find the project's packages. Of many trees only what
 * differs from those before is read, and those of the working tree where they are: branches have nearly everything in common.
 */
export async function treeMigrations(context: CliContext, git: Git): Promise<LoadTree> {
  const { contentHash, withFiles, workingFiles } = await import('@yama/review')
  const project = await context.project()
  const environment = await context.environment()
  const { dialect, migrations } = await context.authoring()
  const directory = shownPath(project.root, project.migrationsDirectory)
  const readIn = async (root: string): Promise<readonly Migration[]> => {
    const moved = { ...project, root, migrationsDirectory: resolve(root, directory) }
    return await migrationSource(moved, dialect, environment.name).load(context.signal)
  }
  let own: string | undefined
  const read = async (files: Files): Promise<readonly Migration[]> => {
    if (files.size === 0) return []
    own ??= contentHash(await workingFiles(project.root, directory))
    return contentHash(files) === own
      ? await migrations.load(context.signal)
      : await withFiles(git, files, readIn, join(cacheDirectory(project.root), 'trees'))
  }
  const known = new Map<string, readonly Migration[]>()
  return async (files) => {
    // What is skipped is looked for in the whole directory.
    if ((project.config.skip ?? []).length > 0) return await read(files)
    const units = new Map([...unitsOf(files, directory)].map(([key, unit]) => [key, contentHash(unit)]))
    const fresh = new Set([...units.values()].filter((hash) => !known.has(hash)))
    const found = await read(new Map([...files].filter(([path]) => fresh.has(units.get(unitOf(path, directory)) ?? ''))))
    // A checkpoint and its archive are read together.
    if (found.some(({ covers }) => covers !== undefined) || units.has('archive')) return await read(files)
    for (const hash of fresh) known.set(hash, [])
    for (const migration of found) {
      const hash = units.get(unitOf(migration.file, directory))
      // A file that is counted to no unit would be lost.
      if (hash === undefined) return await read(files)
      known.set(hash, [...(known.get(hash) ?? []), migration])
    }
    return sortMigrations([...units.values()].flatMap((hash) => known.get(hash) ?? []))
  }
}

/** Files that may be of one migration: the halves of a pair, a directory. */
function unitsOf(files: Files, directory: string): ReadonlyMap<string, Files> {
  const groups = new Map<string, Map<string, Content>>()
  for (const [path, content] of files) {
    const key = unitOf(path, directory)
    groups.set(key, (groups.get(key) ?? new Map<string, Content>()).set(path, content))
  }
  return groups
}

/** The first directory below that of the migrations, or the name up to its first dot, without the letter of a way there or back. */
function unitOf(path: string, directory: string): string {
  const inside = directory === '.' ? path : path.slice(directory.length + 1)
  const slash = inside.indexOf('/')
  if (slash >= 0) return inside.slice(0, slash)
  return (inside.split('.')[0] ?? inside).replace(/^[VU](?=\d)/, '')
}
