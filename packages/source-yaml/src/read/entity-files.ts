import { isUtf8 } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { filesBelow } from '@yama/core/files'
import { sourceYamlErrors } from '../errors/errors.ts'

export interface EntityText {
  readonly path: string
  /** Relative to the project, with `/`. */
  readonly file: string
  readonly text: string
  /** Statements in files of their own, by their path from this one. */
  readonly statement?: (name: string) => string | undefined
}

/** Every .yaml and .yml file below the directory, in the order of their names, with the .sql files that they may name. Rejects with YAMA_ENTITY_DIRECTORY. */
export async function entityFiles(directory: string, root: string, missing: 'refuse' | 'empty'): Promise<readonly EntityText[]> {
  let names: readonly string[]
  let statements: readonly string[]
  try {
    const files = await filesBelow(directory)
    names = files.filter((each) => /\.ya?ml$/i.test(each))
    statements = files.filter((each) => /\.sql$/i.test(each))
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' && missing === 'empty') return []
    const reason = code === 'ENOENT' ? 'it does not exist' : code === 'ENOTDIR' ? 'it is not a directory' : String(code ?? cause)
    throw sourceYamlErrors.YAMA_ENTITY_DIRECTORY(
      { directory: relative(root, directory).split(sep).join('/') || directory, reason },
      { cause },
    )
  }
  // Small files one after the other: a turn of the thread pool costs more than reading one.
  const fileOf = (path: string): string => relative(root, path).split(sep).join('/')
  const read = (path: string): string => readText(path, fileOf(path))
  const texts = new Map(statements.map((path) => [path, read(path)] as const))
  const sorted = names.toSorted((a, b) => (a < b ? -1 : 1))
  return sorted.map((path) => ({
    path,
    file: fileOf(path),
    text: read(path),
    statement: (name: string) => texts.get(join(dirname(path), name)),
  }))
}

/** The text without its byte order mark. Throws YAMA_ENTITY_ENCODING. */
function readText(path: string, file: string): string {
  const text = readFileSync(path, 'utf8')
  // U+FFFD stands for bytes that are no UTF-8, unless the file has it itself; text in UTF-16 has zeros.
  if (text.includes('\0') || (text.includes('\uFFFD') && !isUtf8(readFileSync(path))))
    throw sourceYamlErrors.YAMA_ENTITY_ENCODING({ file }, { position: { file, line: 1, column: 1 } })
  return text.replace(/^\uFEFF/, '')
}
