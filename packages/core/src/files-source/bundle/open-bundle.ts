import { createPublicKey, verify, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import type { Dialect } from '../../contract/dialect.ts'
import type { Source } from '../../contract/graph.ts'
import type { Migration, Step } from '../../contract/migration.ts'
import type { Plugin } from '../../contract/plugin.ts'
import { coreErrors } from '../../errors/errors.ts'
import { hookPlugin, type FileHooksOptions } from '../hooks/file-hooks.ts'
import { filledHooks } from '../hooks/filled-hooks.ts'
import type { BundleBody, BundledMigration, BundledStep, BundleFile } from './bundle-format.ts'
import { loadModules, type LoadModule } from './load-modules.ts'
import { bundleDigest } from './write-bundle.ts'

export interface BundleOptions {
  /** Public key (PEM, Ed25519): only what was signed with its other half is taken. */
  readonly verify?: string
}

/** A bundle that was read and checked. */
export interface Bundle {
  readonly body: BundleBody
  readonly digest: string
  readonly signed: boolean
  readonly source: Source
  /** The hook files of the project, where there are some. */
  plugins(dialect: Dialect, options?: Pick<FileHooksOptions, 'placeholders' | 'notice'>): readonly Plugin[]
}

/**
 * Reads a bundle that `yama bundle` wrote. Throws YAMA_BUNDLE_READ, YAMA_BUNDLE_TAMPERED where it is not what was written, and
 * YAMA_BUNDLE_SIGNATURE where a key is given and it was not signed with it. No code of it runs before that.
 *
 * @example
 * const bundle = openBundle('app.yamabundle')
 * await using yama = createYama({ dialect, sources: [bundle.source], plugins: bundle.plugins(dialect) })
 */
export function openBundle(path: string, options: BundleOptions = {}): Bundle {
  const { body, digest, signature } = readBundle(path)
  const actual = bundleDigest(body)
  if (actual !== digest) throw coreErrors.YAMA_BUNDLE_TAMPERED({ file: path, expected: digest, actual })
  if (options.verify !== undefined) checkSignature(path, digest, signature, options.verify)
  const load = loadModules(body.modules)
  return {
    body,
    digest,
    signed: signature !== undefined,
    source: {
      name: `bundle ${path}`,
      load: () => Promise.resolve(body.migrations.map((migration) => restored(migration, load))),
    },
    plugins: (dialect, { placeholders, notice } = {}) => {
      if (dialect.kind !== body.dialect) throw coreErrors.YAMA_BUNDLE_DIALECT({ file: path, dialect: body.dialect, database: dialect.kind })
      if (body.hooks.length === 0) return []
      return [hookPlugin(() => filledHooks(body.hooks, dialect, placeholders), dialect, notice)]
    },
  }
}

/**
 * The migrations of a bundle as a source, for a program without TypeScript and without their files. Throws as `openBundle` does,
 * and YAMA_BUNDLE_HOOKS where the bundle has hook files too, which a source alone would leave out.
 *
 * @example createYama({ dialect, sources: [bundleSource('app.yamabundle')] })
 */
export function bundleSource(path: string, options: BundleOptions = {}): Source {
  const { body, source } = openBundle(path, options)
  if (body.hooks.length > 0) throw coreErrors.YAMA_BUNDLE_HOOKS({ file: path, count: body.hooks.length })
  return source
}

function readBundle(path: string): BundleFile {
  let read: unknown
  try {
    read = JSON.parse(readFileSync(path, 'utf8'))
  } catch (error) {
    throw coreErrors.YAMA_BUNDLE_READ({ file: path, reason: error instanceof Error ? error.message : String(error) }, { cause: error })
  }
  const file = read as Partial<BundleFile> | null
  const format: unknown = file?.body?.format
  if (typeof file?.digest !== 'string' || file.body === undefined || format !== 1)
    throw coreErrors.YAMA_BUNDLE_READ({ file: path, reason: 'it is no bundle of this version' })
  return file as BundleFile
}

function checkSignature(file: string, digest: string, signature: BundleFile['signature'], pem: string): void {
  let key: KeyObject
  try {
    key = createPublicKey(pem)
  } catch (error) {
    throw coreErrors.YAMA_BUNDLE_KEY({ kind: 'public', reason: 'it cannot be read' }, { cause: error })
  }
  if (key.asymmetricKeyType !== 'ed25519') throw coreErrors.YAMA_BUNDLE_KEY({ kind: 'public', reason: 'it is for another algorithm' })
  if (signature === undefined) throw coreErrors.YAMA_BUNDLE_SIGNATURE({ file, reason: 'it is not signed' })
  if (!verify(null, Buffer.from(digest), key, Buffer.from(signature.value, 'base64')))
    throw coreErrors.YAMA_BUNDLE_SIGNATURE({ file, reason: 'it was signed with another key' })
}

function restored({ up, down, ...migration }: BundledMigration, load: LoadModule): Migration {
  const steps = (list: readonly BundledStep[], direction: 'up' | 'down'): readonly Step[] =>
    list.map((step): Step => {
      if (step.kind === 'sql') return step
      const { module, position } = step
      return {
        kind: 'code',
        ...(position === undefined ? {} : { position }),
        // The lines of a stack are those of the compiled text.
        locate: () => undefined,
        run: async (context) => {
          await load(module)[direction]?.(context)
        },
      }
    })
  return Object.freeze<Migration>({ ...migration, up: steps(up, 'up'), ...(down === undefined ? {} : { down: steps(down, 'down') }) })
}
