import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type DatabaseKind, type Diagnostic, type Migration, YamaError } from '@yama/core'
import { type FileReader, migrationFiles, type MigrationFilesOptions } from '@yama/core/files'
import { afterAll } from 'vitest'
import { fileDialect } from './file-dialect.ts'

const made: string[] = []
afterAll(() => made.forEach((path) => rmSync(path, { recursive: true, force: true })))

export const project = (files: Readonly<Record<string, string | Uint8Array>>): string => {
  const root = mkdtempSync(join(tmpdir(), 'yama-files-'))
  made.push(root)
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, file)), { recursive: true })
    writeFileSync(join(root, file), text)
  }
  return root
}
export const load = async (
  files: Readonly<Record<string, string | Uint8Array>>,
  kind: DatabaseKind = 'postgres',
  options: Partial<MigrationFilesOptions> = {},
): Promise<readonly Migration[]> =>
  migrationFiles({ directory: 'migrations', root: project(files), dialect: fileDialect(kind), ...options }).load()
export const refused = async (...parameters: Parameters<typeof load>): Promise<readonly string[]> => {
  try {
    return (await load(...parameters)).map(({ id }) => `loaded ${id}`)
  } catch (error) {
    if (!YamaError.is(error)) throw error
    return (error.data as Diagnostic[]).map(({ code, position }) => `${code} ${position?.file}:${position?.line}:${position?.column}`)
  }
}
export const jsonReader: FileReader = {
  extensions: ['.yaml'],
  read: async ({ text, name }) => ({
    kind: 'yaml',
    id: `id_${name}`,
    up: [{ kind: 'sql', text, transaction: 'any' }],
    meaning: { up: text },
  }),
}
