import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { ErrorSpec } from '@yama/core'

export interface CatalogueEntry {
  readonly code: string
  readonly spec: ErrorSpec
  /** The package whose catalogue defines the code. */
  readonly package: string
}

const hasSpecs = (value: unknown): value is { readonly specs: Readonly<Record<string, ErrorSpec>> } =>
  typeof value === 'object' && value !== null && 'specs' in value && typeof value.specs === 'object'

/** Every error code of every package, sorted by code; reads `src/errors/errors.ts` of each. */
export async function readCatalogues(root: string): Promise<readonly CatalogueEntry[]> {
  const found: CatalogueEntry[] = []
  for (const name of readdirSync(join(root, 'packages')).sort()) {
    const file = join(root, 'packages', name, 'src', 'errors', 'errors.ts')
    if (!existsSync(file)) continue
    const module: Readonly<Record<string, unknown>> = await import(pathToFileURL(file).href)
    const seen = new Set<unknown>()
    for (const value of Object.values(module)) {
      if (!hasSpecs(value) || seen.has(value)) continue
      seen.add(value)
      for (const [code, spec] of Object.entries(value.specs)) found.push({ code, spec, package: `@yama/${name}` })
    }
  }
  return found.sort((a, b) => (a.code < b.code ? -1 : a.code > b.code ? 1 : 0))
}
