import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { rollup, type ManualChunkMeta } from 'rollup'

/**
 * Puts what a command needs that starts often into one chunk. esbuild makes a chunk for every set of modules that are used
 * together, two dozen for one command, and Node takes half a millisecond for each file that it loads. Everything else stays
 * apart, and is loaded when it is needed.
 *
 * @param directory absolute; what esbuild has written, replaced
 * @param entries files in it that the package names
 * @param hot chunks, by the beginning of their names, whose static imports are joined
 */
export async function mergeChunks(directory: string, entries: readonly string[], hot: readonly string[]): Promise<void> {
  const written = readdirSync(directory).filter((name) => name.endsWith('.js'))
  const starts = hot.map((prefix) => {
    const found = written.find((name) => name.startsWith(`${prefix}-`))
    if (found === undefined) throw new Error(`${directory} has no chunk ${prefix}`)
    return join(directory, found)
  })
  const isExternal = (id: string): boolean => !id.startsWith('.') && !id.startsWith('/')
  let joined: ReadonlySet<string> | undefined
  const bundle = await rollup({ input: entries.map((name) => join(directory, name)), external: isExternal, treeshake: false })
  for (const name of written) rmSync(join(directory, name))
  await bundle.write({
    dir: directory,
    format: 'esm',
    hoistTransitiveImports: false,
    chunkFileNames: ({ name }) => `${name.replace(/-[A-Z0-9]{8}$/, '')}-[hash].js`,
    manualChunks: (id, meta) => ((joined ??= reached(starts, meta)).has(id) ? 'program' : undefined),
  })
  await bundle.close()
}

function reached(starts: readonly string[], { getModuleInfo }: ManualChunkMeta): ReadonlySet<string> {
  const found = new Set<string>()
  const visit = (id: string): void => {
    const info = getModuleInfo(id)
    if (info === null || info.isExternal || found.has(id)) return
    found.add(id)
    info.importedIds.forEach(visit)
  }
  starts.forEach(visit)
  return found
}
