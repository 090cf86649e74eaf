import { readdir, realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { statSync } from 'node:fs'

/**
 * Every file below a directory, also behind links: a file that is left out in silence would count as deleted. A link that leads nowhere is a file, so that
 * whoever reads it says so; each directory is read once, however many links lead to it. Rejects with what the file system says.
 *
 * @example await filesBelow('/project/schema') // ['/project/schema/user.yaml']
 */
export async function filesBelow(directory: string): Promise<readonly string[]> {
  const files: string[] = []
  await collect(directory, new Set(), files)
  return files
}

async function collect(directory: string, seen: Set<string>, files: string[]): Promise<void> {
  const real = await realpath(directory)
  if ([...seen].some((one) => real === one || real.startsWith(`${one}/`))) return
  seen.add(real)
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile()) files.push(path)
    else if (entry.isSymbolicLink()) {
      const target = statSync(path, { throwIfNoEntry: false })
      if (target === undefined || target.isFile()) files.push(path)
      else if (target.isDirectory()) await collect(path, seen, files)
    }
  }
}
