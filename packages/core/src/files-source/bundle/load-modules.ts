import { createRequire } from 'node:module'
import { posix } from 'node:path'
import type { MigrationDefinition } from '../../contract/migration.ts'
import { coreErrors } from '../../errors/errors.ts'
import { defineMigration } from '../../plugins/define-migration.ts'
import type { BundleModule } from './bundle-format.ts'

export type LoadModule = (file: string) => MigrationDefinition

const own = { defineMigration }
const require = createRequire(import.meta.url)

/** Runs the modules of a bundle when they are first asked for; they see each other, Node's own modules, and nothing else. */
export function loadModules(modules: readonly BundleModule[]): LoadModule {
  const byFile = new Map(modules.map((module) => [module.file, module]))
  const loaded = new Map<string, { exports: Record<string, unknown> }>()
  const load = (file: string): Record<string, unknown> => {
    const known = loaded.get(file)
    if (known !== undefined) return known.exports
    const found = byFile.get(file)
    if (found === undefined) throw coreErrors.YAMA_BUNDLE_MODULE({ file, reason: 'it is not in the bundle' })
    const module = { exports: {} as Record<string, unknown> }
    loaded.set(file, module)
    const resolve = (name: string): unknown => {
      if (name === '@yama/core' || name === '@yama/cli') return own
      if (name.startsWith('node:')) return require(name)
      return load(posix.normalize(posix.join(posix.dirname(file), name)))
    }
    const later = (name: string): Promise<unknown> => Promise.resolve(resolve(name))
    // The text was checked against the digest, and the signature where one is demanded.
    const run = new Function('exports', 'require', 'module', 'jitiImport', found.code)
    run(module.exports, resolve, module, later)
    return module.exports
  }
  return (file) => {
    const exports = load(file)
    return (exports['default'] ?? exports['migration']) as MigrationDefinition
  }
}
