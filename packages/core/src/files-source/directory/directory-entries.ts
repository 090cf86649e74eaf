import { readdirSync, statSync, type Dirent } from 'node:fs'
import { join } from 'node:path'

export interface DirectoryEntry {
  readonly name: string
  /** `other` is a pipe, a socket or a device: reading one may wait for ever. */
  readonly kind: 'file' | 'directory' | 'other'
}

/**
 * What a directory holds, by code unit: the same order on every file system. A link is what it leads to; one that leads nowhere is a file, so that whoever
 * reads it says so. Throws what the file system throws.
 */
export function directoryEntries(directory: string): readonly DirectoryEntry[] {
  return readdirSync(directory, { withFileTypes: true })
    .map((entry) => ({ name: entry.name, kind: kindOf(entry.isSymbolicLink() ? behind(join(directory, entry.name)) : entry) }))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
}

type Kind = Pick<Dirent, 'isFile' | 'isDirectory'>

const behind = (path: string): Kind | undefined => statSync(path, { throwIfNoEntry: false })

function kindOf(entry: Kind | undefined): DirectoryEntry['kind'] {
  if (entry === undefined || entry.isFile()) return 'file'
  return entry.isDirectory() ? 'directory' : 'other'
}
