import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { KnownFile } from './known-migration.ts'

/** SQL migrations that were read without a problem before, by file. */
export interface ReadingCache {
  find(file: string, key: string): KnownFile | undefined
  keep(file: string, known: KnownFile): void
  /** Writes what this reading met, where it met something new. */
  save(): void
}

/** Changes with the parser and the hashes, so that nothing of another version is believed. */
const FORMAT = 1
/** Fewer files are read sooner than a cache. */
const WORTHWHILE = 50

const load = (path: string, version: string): Readonly<Record<string, KnownFile>> => {
  try {
    const stored = JSON.parse(readFileSync(path, 'utf8')) as { format?: unknown; version?: unknown; files?: Record<string, KnownFile> }
    if (stored.format === FORMAT && stored.version === version && typeof stored.files === 'object') return stored.files
  } catch {
    // Not there, or damaged: every file is read, and the cache written anew.
  }
  return {}
}

/** The cache in a file. `version` names the program and the database: what another one read is not believed. */
export function readingCache(path: string, version: string): ReadingCache {
  const stored = load(path, version)
  const met: Record<string, KnownFile> = Object.create(null) as Record<string, KnownFile>
  let isNew = false
  return {
    find: (file, key) => {
      const known = Object.hasOwn(stored, file) ? stored[file] : undefined
      if (known?.key !== key) return undefined
      met[file] = known
      return known
    },
    keep: (file, known) => {
      met[file] = known
      isNew = true
    },
    save: () => {
      if (!isNew || Object.keys(met).length < WORTHWHILE) return
      const aside = `${path}.${process.pid}`
      try {
        mkdirSync(dirname(path), { recursive: true })
        writeFileSync(aside, JSON.stringify({ format: FORMAT, version, files: met }))
        renameSync(aside, path)
      } catch {
        // A read-only project is no reason to fail: the next reading takes as long as this one.
      }
    },
  }
}
