import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { writeWhole } from '@yama/core/files'

/** New texts by path relative to the project; undefined removes the file. */
export type FileChanges = ReadonlyMap<string, string | undefined>

/** Writes the changes, and takes them back where `check` rejects. */
export async function withFileChanges<T>(root: string, changes: FileChanges, check: () => Promise<T>): Promise<T> {
  const before = new Map<string, string | undefined>()
  for (const path of changes.keys()) before.set(path, await textOf(join(root, path)))
  try {
    await write(root, changes)
    return await check()
  } catch (error) {
    await write(root, before)
    throw error
  }
}

async function textOf(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8')
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  }
}

async function write(root: string, changes: FileChanges): Promise<void> {
  for (const [path, text] of changes)
    await (text === undefined ? rm(join(root, path), { force: true }) : writeWhole(join(root, path), text))
}
