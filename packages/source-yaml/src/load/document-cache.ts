import { randomUUID } from 'node:crypto'
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { isClosedDisk, sha256Hex } from '@yama/core'
import { type KnownDocument, knownDocument } from '../read/known-document.ts'
import type { Checked } from '../read/validate-document.ts'
import { isPlainData } from './is-plain-data.ts'

/** Where documents are kept that were read without a complaint. */
export interface DocumentCacheOptions {
  /** Absolute path of the file. */
  readonly file: string
  /** Names the program: what another one read is not believed. */
  readonly version: string
}

interface KnownFile {
  readonly digest: string
  readonly documents: readonly KnownDocument[]
}

/** Documents of unchanged files. */
export interface DocumentCache {
  find(file: string, text: string): readonly KnownDocument[] | undefined
  /** Keeps what can be kept: plain data, at places that can be told. Whoever knows them already says so. */
  keep(file: string, text: string, documents: readonly Checked[], known?: readonly KnownDocument[]): void
  /** Writes what this reading met, where it met something new. */
  save(): Promise<void>
}

/** Changes with the format of the file. */
const FORMAT = 1
const forgetful: DocumentCache = { find: () => undefined, keep: () => undefined, save: () => Promise.resolve() }

/** The cache in a file; one that is not there or damaged is empty. Without options nothing is kept. */
export async function documentCache(options: DocumentCacheOptions | undefined): Promise<DocumentCache> {
  if (options === undefined) return forgetful
  const stored = await load(options)
  const met: Record<string, KnownFile> = {}
  let isNew = false
  return {
    find(file, text) {
      const known = Object.hasOwn(stored, file) ? stored[file] : undefined
      if (known === undefined || known.digest !== sha256Hex(text)) return undefined
      met[file] = known
      return known.documents
    },
    keep(file, text, documents, given) {
      const known = given ?? documents.map(knownDocument).filter((each) => each !== undefined)
      // What JSON would bend (infinity, a date) is read anew each time.
      if (known.length < documents.length || !isPlainData(known)) return
      met[file] = { digest: sha256Hex(text), documents: known }
      isNew = true
    },
    async save() {
      if (!isNew) return
      const aside = `${options.file}.${randomUUID()}`
      try {
        await mkdir(dirname(options.file), { recursive: true })
        await writeFile(aside, JSON.stringify({ format: FORMAT, version: options.version, files: met }))
        await rename(aside, options.file)
      } catch (error) {
        await rm(aside, { force: true }).catch(() => undefined)
        // A read-only project is no reason to fail: the next reading takes as long as this one.
        if (!isClosedDisk(error)) throw error
      }
    },
  }
}

async function load({ file, version }: DocumentCacheOptions): Promise<Readonly<Record<string, KnownFile>>> {
  try {
    const stored = JSON.parse(await readFile(file, 'utf8')) as { format?: unknown; version?: unknown; files?: Record<string, KnownFile> }
    if (stored.format === FORMAT && stored.version === version && typeof stored.files === 'object') return stored.files
  } catch {
    // Not there, or damaged: every file is read, and the cache written anew.
  }
  return {}
}
