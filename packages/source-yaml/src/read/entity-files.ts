import { readdir, readFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { sourceYamlErrors } from '../errors/errors.ts'

export interface EntityText {
  readonly path: string
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly text: string
}

/** Every .yaml and .yml file below the directory, in the order of their names. Rejects with YAMA_ENTITY_DIRECTORY. */
export async function entityFiles(directory: string, root: string, missing: 'refuse' | 'empty'): Promise<readonly EntityText[]> {
  let names: readonly string[]
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    names = entries.filter((entry) => entry.isFile() && /\.ya?ml$/i.test(entry.name)).map((entry) => join(entry.parentPath, entry.name))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && missing === 'empty') return []
    const reason = code === 'ENOENT' ? 'it does not exist' : code === 'ENOTDIR' ? 'it is not a directory' : String(code ?? cause)
    throw sourceYamlErrors.YAMA_ENTITY_DIRECTORY(
      { directory: relative(root, directory).split(sep).join('/') || directory, reason },
      { cause },
    )
  }
  const sorted = names.toSorted((a, b) => (a < b ? -1 : 1))
  return Promise.all(
    sorted.map(async (path) => ({
      path,
      file: relative(root, path).split(sep).join('/'),
      text: (await readFile(path, 'utf8')).replace(/^\uFEFF/, ''),
    })),
  )
}
