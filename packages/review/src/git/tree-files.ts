import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
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

/** Writes files, by the hash of their content or as text, below a new directory which is removed when `work` is done. */
export async function withFiles<T>(
  git: Git,
  files: ReadonlyMap<string, { readonly blob: string } | { readonly text: Uint8Array }>,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const root = await mkdtemp(join(tmpdir(), 'yama-check-'))
  try {
    for (const [path, content] of files) {
      const target = join(root, path)
      await mkdir(dirname(target), { recursive: true })
      await writeFile(target, 'text' in content ? content.text : await git(path, 'cat-file', 'blob', content.blob))
    }
    return await work(root)
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}
