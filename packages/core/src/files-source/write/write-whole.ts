import { realpath, rename, rm, stat, writeFile } from 'node:fs/promises'

/**
 * Writes a file wholly or not at all: a disk that is full leaves neither an emptied nor a torn file behind.
 *
 * @param options - `fresh`: rejects with EEXIST where the file is there already, and never touches it.
 */
export async function writeWhole(path: string, text: string, options: { readonly fresh?: boolean } = {}): Promise<void> {
  if (options.fresh === true) return await writeFresh(path, text)
  // Through a link: what it leads to is what is written.
  const target = await realpath(path).catch(() => path)
  const before = await stat(target).catch(() => undefined)
  if (before === undefined) return await writeFresh(target, text)
  // A pipe or a device (`--out /dev/stdout`) takes what is written and must not be replaced by a file.
  if (!before.isFile()) return await writeInto(target, text)
  const aside = `${target}.${String(process.pid)}.tmp`
  try {
    await writeFile(aside, text, { flag: 'wx', mode: before.mode })
    await rename(aside, target)
  } catch (error) {
    await rm(aside, { force: true })
    // The file may be written, its directory not.
    if (codeOf(error) === 'EACCES' || codeOf(error) === 'EPERM') return await writeInto(target, text)
    throw named(error, target)
  }
}

async function writeInto(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text)
  } catch (error) {
    throw named(error, path)
  }
}

async function writeFresh(path: string, text: string): Promise<void> {
  try {
    await writeFile(path, text, { flag: 'wx' })
  } catch (error) {
    // Node names the path only where the file cannot be opened; then it is another's or not there.
    if (error instanceof Error && !('path' in error)) await rm(path, { force: true })
    throw named(error, path)
  }
}

const codeOf = (error: unknown): unknown => (error instanceof Error && 'code' in error ? error.code : undefined)

/** A failed write does not say of which file. */
const named = (error: unknown, path: string): unknown =>
  error instanceof Error && !('path' in error) ? Object.assign(error, { path }) : error
