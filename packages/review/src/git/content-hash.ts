import { createHash } from 'node:crypto'

type Content = { readonly blob: string } | { readonly text: Uint8Array }

/** What files are, in one word: equal for equal paths with equal contents, whether git has them or the working tree. */
export function contentHash(files: ReadonlyMap<string, Content>): string {
  const known = [...files.values()].find((content) => 'blob' in content)
  // Repositories name objects by SHA-1, or by SHA-256 if they were made so.
  const algorithm = known !== undefined && 'blob' in known && known.blob.length === 64 ? 'sha256' : 'sha1'
  const all = createHash('sha256')
  for (const [path, content] of [...files].toSorted(([a], [b]) => (a < b ? -1 : 1)))
    all.update(`${path}\0${'blob' in content ? content.blob : blobHash(content.text, algorithm)}\0`)
  return all.digest('hex')
}

/** As git names a content. */
export const blobHash = (text: Uint8Array, algorithm: 'sha1' | 'sha256'): string =>
  createHash(algorithm).update(`blob ${text.byteLength}\0`).update(text).digest('hex')
