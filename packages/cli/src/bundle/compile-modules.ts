import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { coreErrors } from '@yama/core'
import type { BundleModule } from '@yama/core/files'
import { loadCommonjs } from '../program/load-commonjs.ts'
import { shownPath } from '../program/load-project.ts'

const IMPORT = /\b(?:require|jitiImport)\(\s*(['"])([^'"]+)\1\s*\)/g
const provided = /^(?:@yama\/core|@yama\/cli|node:.+)$/

/**
 * The modules of code steps as JavaScript, with the files beside them that they import. Rejects with YAMA_BUNDLE_MODULE for what a
 * bundle cannot hold: a package that is installed, or an import that is only known when it runs.
 */
export async function compileModules(root: string, files: readonly string[]): Promise<readonly BundleModule[]> {
  const { createJiti } = loadCommonjs('jiti') as typeof import('jiti')
  const jiti = createJiti(import.meta.url, { interopDefault: false })
  const modules = new Map<string, BundleModule>()
  const add = async (path: string): Promise<void> => {
    const file = shownPath(root, path)
    if (modules.has(file)) return
    const refuse = (reason: string): Error => coreErrors.YAMA_BUNDLE_MODULE({ file, reason }, { position: { file, line: 1, column: 1 } })
    if (file.startsWith('../')) throw refuse('it is outside the project')
    const compiled = jiti.transform({ source: await readFile(path, 'utf8'), filename: path, ts: true, async: false })
    const needed: string[] = []
    const code = compiled.replaceAll(IMPORT, (call: string, quote: string, name: string) => {
      if (provided.test(name)) return call
      if (!name.startsWith('.')) throw refuse(`it imports ${name}`)
      const found = resolveBeside(path, name)
      if (found === undefined) throw refuse(`it imports ${name}, which is not there`)
      needed.push(found)
      const own = shownPath(dirname(path), found)
      return call.replace(`${quote}${name}${quote}`, JSON.stringify(own.startsWith('.') ? own : `./${own}`))
    })
    if (/\bjitiImport\(\s*[^'"\s]/.test(code)) throw refuse('it imports what is only known when it runs')
    modules.set(file, { file, code })
    for (const other of needed) await add(other)
  }
  for (const file of files) await add(join(root, file))
  return [...modules.values()]
}

/** `./x.js` may be written in `./x.ts`, and endings left out. */
function resolveBeside(from: string, name: string): string | undefined {
  const path = resolve(dirname(from), name)
  const stems = [path, path.replace(/\.([cm]?)js$/, '.$1ts')]
  return [...stems, ...['.ts', '.mts', '.js', '.mjs', '.cjs'].map((ending) => path + ending)].find((candidate) => existsSync(candidate))
}
