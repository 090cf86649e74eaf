import { fileURLToPath } from 'node:url'
import { loadCommonjs } from '../program/load-commonjs.ts'

/** What a project's own modules import is this copy, also where the command line runs from elsewhere (`npx`, a global install). */
const shared = ['@yama/cli', '@yama/core'] as const

/** Imports a TypeScript file of the project; jiti is loaded only where one is met. */
export async function importModule(file: string): Promise<Record<string, unknown>> {
  const { createJiti } = loadCommonjs('jiti') as typeof import('jiti')
  const alias = Object.fromEntries(shared.map((name) => [name, fileURLToPath(import.meta.resolve(name))]))
  const jiti = createJiti(import.meta.url, { interopDefault: false, moduleCache: true, alias })
  return (await jiti.import(file)) as Record<string, unknown>
}
