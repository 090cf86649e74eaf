import { existsSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { CliContext } from './cli-context.ts'

/** The entity files that were named, or every one under the directory, in a stable order. */
export async function entityFiles(directory: string, named: readonly string[], cwd: string): Promise<readonly string[]> {
  if (named.length > 0) return named.map((file) => resolve(cwd, file))
  let entries: readonly { readonly name: string; readonly parentPath: string; isFile(): boolean }[]
  try {
    entries = await readdir(directory, { recursive: true, withFileTypes: true })
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
    throw error
  }
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
}

/** False for a project of migration files alone. A directory that the configuration names and that is not there is a mistake, not that. */
export async function hasEntities(context: CliContext): Promise<boolean> {
  const { config, entitiesDirectory } = await context.project()
  return config.entities !== undefined || existsSync(entitiesDirectory)
}
