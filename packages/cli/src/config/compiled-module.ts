import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import * as core from '@yama/core'
import { sha256Hex } from '@yama/core'
import * as own from '../index.ts'
import { toolVersion } from '../program/tool-version.ts'

const IMPORT = /\b(?:require|jitiImport)\(\s*(?:(['"])([^'"]+)\1\s*\))?/g
/** What a compiled module may ask for beside its imports lives in the compiler. */
const COMPILER = /\bjiti(?:ImportMeta|ESMResolve)\b/
const FORMAT = 2

const require = createRequire(import.meta.url)
const provided: Readonly<Record<string, unknown>> = { '@yama/cli': own, '@yama/core': core }
const programme = (code: string): ((...given: readonly unknown[]) => void) =>
  new Function('exports', 'require', 'module', 'jitiImport', '__filename', '__dirname', code) as (...given: readonly unknown[]) => void
const isProvided = (name: string | undefined): boolean => name !== undefined && (name in provided || name.startsWith('node:'))

/** The code, where the file has all of it: one cut short by a crash may still run, and mean less. */
const whole = (kept: string): string | undefined => {
  const code = kept.slice(kept.indexOf('\n') + 1)
  return kept.startsWith(`${sha256Hex(code)}\n`) ? code : undefined
}

/** Modules of a project that import nothing but Yama and Node, compiled, so that the compiler need not be loaded to run them. */
export interface CompiledModule {
  /** What it exports; undefined where it was not kept, or does not run on its own. */
  run(): Record<string, unknown> | undefined
  /** Keeps what the compiler made of it, if it can run on its own. */
  keep(compile: (source: string) => string): void
}

/** The module in a file as it was compiled before; a change of its text or of Yama's version makes it another one. */
export function compiledModule(file: string, directory: string): CompiledModule {
  const source = readFileSync(file, 'utf8')
  const path = join(directory, `module-${sha256Hex(`${FORMAT} ${toolVersion()} ${file}\n${source}`).slice(0, 32)}.js`)
  return {
    run: () => {
      try {
        const code = whole(readFileSync(path, 'utf8'))
        if (code === undefined) return undefined
        const module = { exports: {} as Record<string, unknown> }
        const load = (name: string): unknown => provided[name] ?? require(name)
        programme(code)(module.exports, load, module, (name: string) => Promise.resolve(load(name)), file, dirname(file))
        return module.exports
      } catch {
        // Not kept, damaged, or it throws: the compiler runs it and knows the place in the file.
        return undefined
      }
    },
    keep: (compile) => {
      const aside = `${path}.${process.pid}`
      try {
        const code = compile(source)
        programme(code)
        if (COMPILER.test(code) || ![...code.matchAll(IMPORT)].every(([, , name]) => isProvided(name))) return
        mkdirSync(directory, { recursive: true })
        // A configuration can hold what is not for everyone's eyes.
        try {
          writeFileSync(aside, `${sha256Hex(code)}\n${code}`, { mode: 0o600 })
          renameSync(aside, path)
        } finally {
          rmSync(aside, { force: true })
        }
      } catch {
        // A module that waits at its top level, or a read-only project: it is compiled again the next time.
      }
    },
  }
}
