import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { mergeBase, type Git } from '../git/git.ts'
import { blobHash } from '../git/content-hash.ts'
import { mergeTexts } from '../git/merge-texts.ts'
import { treeFiles } from '../git/tree-files.ts'

export type Content = { readonly blob: string } | { readonly text: Uint8Array }

/** What one side of a merge has: by path relative to the project. */
export interface MergedFiles {
  /** Everything as it is after the merge. */
  readonly merged: ReadonlyMap<string, Content>
  /** At the commit where the two parted. */
  readonly before: ReadonlyMap<string, Content>
  /** At the tip of the other branch. */
  readonly theirs: ReadonlyMap<string, Content>
  /** Files that git leaves to a person: they are as they are here, or there where they are not here. */
  readonly conflicted: readonly string[]
}

/** The files of the working tree below a directory of the project. */
export async function workingFiles(root: string, directory: string): Promise<ReadonlyMap<string, Content>> {
  const files = new Map<string, Content>()
  if (!existsSync(join(root, directory))) return files
  const names = await readdir(join(root, directory), { recursive: true, withFileTypes: true })
  for (const entry of names) {
    if (!entry.isFile()) continue
    const path = join(entry.parentPath, entry.name)
    files.set(relative(root, path).split(sep).join('/'), { text: await readFile(path) })
  }
  return files
}

/**
 * The directory as it would be after merging `reference` into what is here: their changes since the two parted, over ours. A file
 * that both changed is merged as git does, or taken as it is here where git leaves that to a person. Rejects with YAMA_CHECK_GIT, YAMA_CHECK_SHALLOW.
 */
export async function mergedFiles(
  git: Git,
  directory: string,
  ours: ReadonlyMap<string, Content>,
  reference: string,
): Promise<MergedFiles> {
  const [before, theirs] = [await treeFiles(git, await mergeBase(git, reference), directory), await treeFiles(git, reference, directory)]
  const merged = new Map(ours)
  const conflicted: string[] = []
  for (const [path, blob] of theirs) {
    const [old, own] = [before.get(path), ours.get(path)]
    if (old === blob) continue
    if (own === undefined || isBlob(own, old)) {
      merged.set(path, { blob })
      if (own === undefined && old !== undefined) conflicted.push(path)
    } else if (!isBlob(own, blob)) {
      const text = old === undefined ? undefined : await mergedFile(git, own, old, blob)
      if (text === undefined) conflicted.push(path)
      else merged.set(path, { text })
    }
  }
  for (const [path, blob] of before) {
    const own = ours.get(path)
    if (theirs.has(path) || own === undefined) continue
    if (isBlob(own, blob)) merged.delete(path)
    else conflicted.push(path)
  }
  const contents = (files: ReadonlyMap<string, string>): ReadonlyMap<string, Content> =>
    new Map([...files].map(([path, blob]) => [path, { blob }]))
  return { merged, before: contents(before), theirs: contents(theirs), conflicted }
}

async function mergedFile(git: Git, own: Content, before: string, theirs: string): Promise<Uint8Array | undefined> {
  const blobs = await git.blobs([before, theirs, ...('blob' in own ? [own.blob] : [])])
  const [here, old, other] = ['blob' in own ? blobs.get(own.blob) : own.text, blobs.get(before), blobs.get(theirs)]
  return here === undefined || old === undefined || other === undefined ? undefined : await mergeTexts(here, old, other)
}

/** Whether a content is what git has under this hash: of SHA-1, or of SHA-256 where the repository was made so. */
const isBlob = (content: Content | undefined, hash: string | undefined): boolean =>
  content !== undefined &&
  hash !== undefined &&
  ('blob' in content ? content.blob : blobHash(content.text, hash.length === 64 ? 'sha256' : 'sha1')) === hash
