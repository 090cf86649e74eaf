/** Codes of a disk that gives and takes nothing. A directory that is made with those above it is ENOENT on a read-only disk. */
const CLOSED: ReadonlySet<unknown> = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT', 'ENOENT', 'ENOTDIR', 'EEXIST'])

/**
 * True for what the file system says where a cache cannot be read or made: the next command is then slower, and no reason for this one to fail.
 *
 * @example isClosedDisk(Object.assign(new Error('read-only'), { code: 'EROFS' })) // true
 */
export const isClosedDisk = (error: unknown): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && CLOSED.has(error.code)
