import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { filesBelow } from '@yama/core/files'
import type { CliContext } from './cli-context.ts'

/** The entity files that were named, or every one under the directory, in a stable order. */
export async function entityFiles(directory: string, named: readonly string[], cwd: string): Promise<readonly string[]> {
  if (named.length > 0) return named.map((file) => resolve(cwd, file))
  let files: readonly string[]
  try {
    files = await filesBelow(directory)
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return files.filter((file) => /\.ya?ml$/.test(file)).toSorted()
}

/** False for a project of migration files alone. A directory that the configuration names and that is not there is a mistake, not that. */
export async function hasEntities(context: CliContext): Promise<boolean> {
  const { config, entitiesDirectory } = await context.project()
  return config.entities !== undefined || existsSync(entitiesDirectory)
}
