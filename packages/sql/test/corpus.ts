import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const directory = process.env['YAMA_CORPUS_DIR'] ?? ''
export const hasCorpus = directory !== '' && existsSync(directory)
if (!hasCorpus) console.warn('YAMA_CORPUS_DIR is not set: tests on real SQL and real migration directories are skipped.')

export const corpusPath = (...path: string[]): string => join(directory, ...path)

/** Every file below the folder which ends as asked, sorted, with its text. */
export function corpusFiles(folder: string, ending = '.sql'): { readonly file: string; readonly text: string }[] {
  const root = corpusPath(folder)
  return (readdirSync(root, { recursive: true }) as string[])
    .filter((file) => file.endsWith(ending))
    .toSorted()
    .map((file) => ({ file, text: readFileSync(join(root, file), 'utf8') }))
}
