import { statSync } from 'node:fs'

/** Size in bytes, times of the last change of content and of anything in ms, and the number of the file: what changes with its content. */
export type FileStamp = readonly [size: number, mtimeMs: number, ctimeMs: number, inode: number]

/** No file system in use has times coarser than this (FAT, ms): a file changed twice within it may bear one time. */
const GRANULARITY = 2000

export const fileStamp = (path: string): FileStamp => {
  const { size, mtimeMs, ctimeMs, ino } = statSync(path)
  return [size, mtimeMs, ctimeMs, ino]
}

/**
 * True where nothing can have been written into the file after `readAt` (ms since 1970) without changing its stamp: it was
 * quiet for a while before it was read. The way of git's index, see "racy git" in its technical notes.
 */
export const isQuiet = ([, mtimeMs, ctimeMs]: FileStamp, readAt: number): boolean => Math.max(mtimeMs, ctimeMs) + GRANULARITY < readAt

export const sameStamp = (a: FileStamp, b: FileStamp): boolean => a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3]
