import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isQuiet, sameStamp, type FileStamp } from '../directory/file-stamp.ts'
import { statementsOf, type KnownFile } from './known-file.ts'

/** SQL migrations that were read without a problem before, by file. */
export interface ReadingCache {
  /** What is known of files that bear the stamps they had when they were read. */
  findUnread(file: string, stamps: readonly FileStamp[]): KnownFile | undefined
  /** What is known of files with these texts; remembers their stamps for the next time. */
  find(file: string, key: string, stamps: readonly FileStamp[]): KnownFile | undefined
  keep(file: string, known: KnownFile, stamps: readonly FileStamp[]): void
  /** Writes what this reading met, where it met something new. */
  save(): void
}

/** Changes with the parser and the hashes, so that nothing of another version is believed. */
const FORMAT = 5
/** Fewer statements are read sooner than a cache; every file counts as several. */
const WORTHWHILE = 500
const PER_FILE = 10

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
  // Before anything is read, so that what is written meanwhile is later.
  const readAt = Date.now()
  const met: Record<string, KnownFile> = Object.create(null) as Record<string, KnownFile>
  let isNew = false
  const entry = (file: string): KnownFile | undefined => (Object.hasOwn(stored, file) ? stored[file] : undefined)
  const areQuiet = (stamps: readonly FileStamp[]): boolean => stamps.length > 0 && stamps.every((stamp) => isQuiet(stamp, readAt))
  const keep = (file: string, { stamps: _, ...known }: KnownFile, stamps: readonly FileStamp[]): void => {
    met[file] = areQuiet(stamps) ? { ...known, stamps } : known
    isNew = true
  }
  return {
    findUnread: (file, stamps) => {
      const known = entry(file)
      const { stamps: kept } = known ?? {}
      if (known === undefined || kept?.length !== stamps.length) return undefined
      if (!stamps.every((stamp, i) => sameStamp(stamp, kept[i]!))) return undefined
      met[file] = known
      return known
    },
    find: (file, key, stamps) => {
      const known = entry(file)
      if (known?.key !== key) return undefined
      if (areQuiet(stamps)) keep(file, known, stamps)
      else met[file] = known
      return known
    },
    keep,
    save: () => {
      if (!isNew || Object.values(met).reduce((sum, known) => sum + PER_FILE + statementsOf(known), 0) < WORTHWHILE) return
      const aside = `${path}.${process.pid}`
      try {
        mkdirSync(dirname(path), { recursive: true })
        try {
          writeFileSync(aside, JSON.stringify({ format: FORMAT, version, files: met }))
          renameSync(aside, path)
        } finally {
          rmSync(aside, { force: true })
        }
      } catch {
        // A read-only project is no reason to fail: the next reading takes as long as this one.
      }
    },
  }
}
