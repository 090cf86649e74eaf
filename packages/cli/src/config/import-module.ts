import { fileURLToPath } from 'node:url'
import { loadCommonjs } from '../program/load-commonjs.ts'
import { compiledModule } from './compiled-module.ts'

/** What a project's own modules import is this copy, also where the command line runs from elsewhere (`npx`, a global install). */
const shared = ['@yama/cli', '@yama/core'] as const

/** Imports a TypeScript file of the project; jiti is loaded only where one is met that is not kept, compiled, in the cache directory. */
export async function importModule(file: string, cacheDirectory?: string): Promise<Record<string, unknown>> {
  const compiled = cacheDirectory === undefined ? undefined : compiledModule(file, cacheDirectory)
  const known = compiled?.run()
  if (known !== undefined) return known
  const { createJiti } = loadCommonjs('jiti') as typeof import('jiti')
  const alias = Object.fromEntries(shared.map((name) => [name, fileURLToPath(import.meta.resolve(name))]))
  const jiti = createJiti(import.meta.url, { interopDefault: false, moduleCache: true, alias })
  const module = (await jiti.import(file)) as Record<string, unknown>
  compiled?.keep((source) => jiti.transform({ source, filename: file, ts: true, async: false }))
  return module
}
