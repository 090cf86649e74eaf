import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { isClosedDisk } from '@yama/core'
import type { Git } from './git.ts'

/** The files of a directory at one commit: path below the directory → the hash of its content. */
export async function treeFiles(git: Git, commit: string, directory: string): Promise<ReadonlyMap<string, string>> {
  const listing = await git(commit, 'ls-tree', '-r', '-z', '--end-of-options', commit, '--', `${directory}/`)
  const files = new Map<string, string>()
  for (const line of listing.split('\0')) {
    const [, blob = '', path = ''] = /^\S+ blob ([0-9a-f]+)\t(.*)$/s.exec(line) ?? []
    if (path !== '') files.set(path, blob)
  }
  return files
}

/** The same, as contents that `withFiles` writes. */
export const filesAt = async (git: Git, commit: string, directory: string): Promise<ReadonlyMap<string, { readonly blob: string }>> =>
  new Map([...(await treeFiles(git, commit, directory))].map(([path, blob]) => [path, { blob }]))

/**
 * Writes files, by the hash of their content or as text, below a new directory which is removed when `work` is done. It is made in
 * `within`, so that modules among them find the packages of the project; where nothing can be written there, in the system's own place.
 */
export async function withFiles<T>(
  git: Git,
  files: ReadonlyMap<string, { readonly blob: string } | { readonly text: Uint8Array }>,
  work: (root: string) => Promise<T>,
  within?: string,
): Promise<T> {
  const blobs = await git.blobs([...files.values()].flatMap((content) => ('blob' in content ? [content.blob] : [])))
  const made = await newDirectory(within)
  // Migrations may lie beside the project: what is above the root is then in the new directory too.
  const above = Math.max(0, ...[...files.keys()].map((path) => path.split('/').filter((part) => part === '..').length))
  const root = join(made, ...Array.from({ length: above }, () => 'below'))
  try {
    const directories = new Set([...files.keys()].map((path) => dirname(join(root, path))))
    for (const directory of [root, ...directories]) await mkdir(directory, { recursive: true })
    for (const [path, content] of files)
      await writeFile(join(root, path), 'text' in content ? content.text : (blobs.get(content.blob) ?? ''))
    return await work(root)
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

async function newDirectory(within: string | undefined): Promise<string> {
  if (within !== undefined) {
    try {
      await mkdir(within, { recursive: true })
      return await mkdtemp(join(within, 'tree-'))
    } catch (error) {
      if (!isClosedDisk(error)) throw error
    }
  }
  return mkdtemp(join(tmpdir(), 'yama-check-'))
}
