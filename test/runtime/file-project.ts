import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'

/** Files in a directory of their own; disposing removes them. */
export interface FileProject extends Disposable {
  readonly directory: string
  write(files: Readonly<Record<string, string>>): void
}

export function fileProject(files: Readonly<Record<string, string>> = {}): FileProject {
  const directory = mkdtempSync(join(tmpdir(), 'yama-runtime-'))
  const write: FileProject['write'] = (more) => {
    for (const [path, text] of Object.entries(more)) {
      mkdirSync(dirname(join(directory, path)), { recursive: true })
      writeFileSync(join(directory, path), text)
    }
  }
  write(files)
  return { directory, write, [Symbol.dispose]: () => rmSync(directory, { recursive: true, force: true }) }
}
